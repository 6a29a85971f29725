import type { TestProject } from "vitest/node";
import { bundle } from "../../scripts/lib/bundle.mjs";
import { ensureFfmpeg } from "../../scripts/lib/ffmpeg.mjs";
import { dataDir } from "../../scripts/lib/places.mjs";
import { prepareTemplate } from "./database";
import { startRadosgw } from "./radosgw";
import { startTestServices } from "./services";

declare module "vitest" {
  interface ProvidedContext {
    databaseUrl: string;
    redisUrl: string | null;
    folder: string;
    /** Where ffmpeg and ffprobe lie; null where they can't be had. */
    ffmpeg: { ffmpeg: string; ffprobe: string } | null;
  }
}

/** Once per run: real Postgres, Redis and, where asked for and to be had, a real S3 server. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const wantsS3 = process.env.CI === "true" || process.env.TEST_S3 === "true";
  const [services, s3, ffmpeg] = await Promise.all([startTestServices(), wantsS3 ? startRadosgw() : null, ensureFfmpeg(dataDir())]);
  const stop = async () => {
    await Promise.all([services.stop(), s3?.stop()]);
  };
  try {
    if (wantsS3 && !s3 && process.env.CI === "true") throw new Error("CI must run the S3 half of the tests, and radosgw could not be started.");
    if (!s3) process.stdout.write("The S3 half of the storage tests is skipped: no S3 server here.\n");
    if (!ffmpeg && process.env.CI === "true") throw new Error("CI must run the tests of videos, and ffmpeg could not be found or fetched.");
    if (!ffmpeg) process.stdout.write("The tests of videos are skipped: no ffmpeg here.\n");
    // Photos are decoded by a program of their own.
    await Promise.all([prepareTemplate(services.databaseUrl), bundle(["media-worker"])]);
  } catch (error) {
    await stop();
    throw error;
  }
  project.provide("databaseUrl", services.databaseUrl);
  project.provide("redisUrl", services.redisUrl);
  project.provide("folder", services.folder);
  project.provide("ffmpeg", ffmpeg && { ffmpeg: ffmpeg.ffmpeg, ffprobe: ffmpeg.ffprobe });
  project.provide("s3", s3 && { endpoint: s3.endpoint, accessKey: s3.accessKey, secretKey: s3.secretKey });
  return stop;
}
