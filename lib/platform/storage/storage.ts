import { env, type Env } from "../env";
import { log } from "../log";
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

let second: ObjectStorage | null | undefined;

/** The second store, which has copies of what cannot be made again; `null` when none is configured. */
export function replica(): ObjectStorage | null {
  if (second === undefined) second = makeReplica(env());
  return second;
}

function makeReplica(config: Env): ObjectStorage | null {
  if (config.S3_REPLICA_BUCKET) {
    return new S3Storage({
      bucket: config.S3_REPLICA_BUCKET,
      region: config.S3_REPLICA_REGION,
      endpoint: config.S3_REPLICA_ENDPOINT,
      accessKeyId: config.S3_REPLICA_ACCESS_KEY_ID ?? config.S3_ACCESS_KEY_ID,
      secretAccessKey: config.S3_REPLICA_SECRET_ACCESS_KEY ?? config.S3_SECRET_ACCESS_KEY,
      forcePathStyle: config.S3_REPLICA_FORCE_PATH_STYLE,
    });
  }
  return config.STORAGE_REPLICA_DIR ? new DiskStorage({ dir: config.STORAGE_REPLICA_DIR, secret: config.STORAGE_SECRET }) : null;
}

/** For tests; `undefined`: what the configuration names. */
export function replaceReplica(store: ObjectStorage | null | undefined): void {
  second = store;
}

/** Makes buckets, CORS rules or folders when missing; called at every start. */
export async function ensureBucket(): Promise<void> {
  await storage().ensure([new URL(env().PUBLIC_URL).origin]);
  // Copies can wait for their store; people can't.
  await replica()?.ensure([]).catch((error: unknown) => log().warn({ err: error }, "the second store can't be reached"));
}
