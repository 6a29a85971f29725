import { inject } from "vitest";

export type TestS3Address = { endpoint: string; accessKey: string; secretKey: string };

declare module "vitest" {
  interface ProvidedContext {
    /** The S3 server that the global set-up has started; `null` where it can't be had. */
    s3: TestS3Address | null;
  }
}

/** The test run's S3 server, or `null`: then the S3 half of the tests is skipped, and the run says so. */
export function testS3(): TestS3Address | null {
  return inject("s3") ?? null;
}
