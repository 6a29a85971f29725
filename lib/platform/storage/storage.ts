import { env, type Env } from "../env";
import { DiskStorage } from "./disk";
import { S3Storage } from "./s3";
import type { ObjectStorage } from "./types";

let current: ObjectStorage | undefined;

/** The store that the configuration names: S3 when `S3_BUCKET` is set, else a folder. One per process. */
export function storage(): ObjectStorage {
  current ??= makeStorage(env());
  return current;
}

export function makeStorage(config: Env): ObjectStorage {
  if (!config.S3_BUCKET) return new DiskStorage({ dir: config.STORAGE_DIR, secret: config.STORAGE_SECRET });
  return new S3Storage({
    bucket: config.S3_BUCKET,
    region: config.S3_REGION,
    endpoint: config.S3_ENDPOINT,
    publicEndpoint: config.S3_PUBLIC_ENDPOINT,
    accessKeyId: config.S3_ACCESS_KEY_ID,
    secretAccessKey: config.S3_SECRET_ACCESS_KEY,
    forcePathStyle: config.S3_FORCE_PATH_STYLE,
  });
}

/** Tests bring their own store. */
export function replaceStorage(store: ObjectStorage | undefined): void {
  current = store;
}

/** Makes bucket, CORS rules or folders when missing; called at every start. */
export async function ensureBucket(): Promise<void> {
  await storage().ensure([new URL(env().PUBLIC_URL).origin]);
}
