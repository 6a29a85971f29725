import "server-only";
import { z } from "zod";
import { db } from "@/db/client";
import { env } from "@/lib/platform/env";
import { idSchema } from "@/lib/platform/ids";
import { defineJob, type JobDefinition } from "@/lib/platform/jobs/define";
import { enqueue } from "@/lib/platform/jobs/queue";
import { forgottenAt, purgeVersionJob } from "./forget-version";
import { purgeAddresses } from "./purge";

// Of an event that names more than one of them, the most particular counts.
const what = z.union([z.object({ mediaId: idSchema }), z.object({ postId: idSchema }), z.object({ userId: idSchema })]);

/**
 * Hears of what may have made files less public. The CDN is told only when no app server can take them for public any
 * more: it would fetch them again and keep them for a year.
 */
const hearJob = defineJob({
  name: "media.hear-narrowing",
  on: ["post.edited", "post.deleted", "user.privacy_changed", "user.avatar_changed"],
  priority: 10,
  schema: what,
  async handler(payload) {
    if (env().CDN_PURGE_URL) await enqueue(db(), purgeJob, payload, { runAt: forgottenAt() });
  },
});

const purgeJob = defineJob({
  name: "media.purge-addresses",
  priority: 10,
  retryLimit: 30,
  timeoutSeconds: 600,
  schema: what,
  handler: (payload) => purgeAddresses(payload),
});

export const purgeJobs: readonly JobDefinition[] = [hearJob, purgeJob, purgeVersionJob];
