import "server-only";
import { z } from "zod";
import type { Transaction } from "@/db/client";
import { env } from "@/lib/platform/env";
import { idSchema } from "@/lib/platform/ids";
import { defineJob } from "@/lib/platform/jobs/define";
import { enqueue } from "@/lib/platform/jobs/queue";
import { ACCESS_REMEMBERED_MS } from "./access";
import { purgeFiles } from "./purge";
import { removeVersion } from "./sweep";

/** Until every reader who had the old addresses before them has the new ones, ms. */
const FORGOTTEN_AFTER = 10 * 60_000;

export const versionSchema = z.object({ mediaId: idSchema, version: z.string().regex(/^[a-z0-9]{1,40}$/) });

/** Removes the files of a version whose place another has taken. */
export const forgetVersion = defineJob({
  name: "media.forget-version",
  priority: -10,
  retryLimit: 30,
  schema: versionSchema,
  async handler({ mediaId, version }) {
    // A CDN that was away until now hears of it first: once the files are gone, nobody can name their addresses.
    if (env().CDN_PURGE_URL) await purgeFiles(mediaId, version);
    await removeVersion(mediaId, version);
  },
});

export const purgeVersionJob = defineJob({
  name: "media.purge-version",
  priority: 10,
  retryLimit: 30,
  timeoutSeconds: 600,
  schema: versionSchema,
  handler: ({ mediaId, version }) => purgeFiles(mediaId, version),
});

/** When no app server takes an old address for good any more. */
export const forgottenAt = () => new Date(Date.now() + ACCESS_REMEMBERED_MS + 5_000);

/** Has the CDN forget all addresses of a version whose place another has taken; its files are still there by then, to be named. */
export async function purgeVersion(tx: Transaction, mediaId: string, old: string): Promise<void> {
  if (env().CDN_PURGE_URL) await enqueue(tx, purgeVersionJob, { mediaId, version: old }, { runAt: forgottenAt() });
}

/** From when on files may go whose addresses a CDN was asked to forget (`purgeVersion`); at once where there is none. */
export const purgedAt = () => new Date(Date.now() + (env().CDN_PURGE_URL ? FORGOTTEN_AFTER : 0));

/** What another version has taken the place of: CDNs are told, and its files go after a while. */
export async function endVersion(tx: Transaction, mediaId: string, version: string): Promise<void> {
  await enqueue(tx, forgetVersion, { mediaId, version }, { runAt: new Date(Date.now() + FORGOTTEN_AFTER) });
  await purgeVersion(tx, mediaId, version);
}
