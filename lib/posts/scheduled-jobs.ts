import { z } from "zod";
import { idSchema } from "@/lib/platform/ids";
import { defineJob } from "@/lib/platform/jobs/define";
import { sweepDrafts } from "./drafts";
import { listDue, publishDue, PUBLISHING } from "./scheduled";

/** Waits in the queue for its time; whether that still holds, the row says. */
export const publishScheduled = defineJob({
  name: PUBLISHING,
  priority: 25,
  schema: z.object({ postId: idSchema }),
  handler: ({ postId }) => publishDue(postId),
});

/** What its own job missed: the queue was emptied, a deleted post was restored, or an account that was hidden came back. */
const publishAllDue = defineJob({
  name: "posts.publish-due",
  schedule: "* * * * *",
  schema: z.object({}),
  timeoutSeconds: 300,
  keepSeconds: 3_600,
  async handler(_, { signal }) {
    for (const id of await listDue()) if (!signal.aborted) await publishDue(id);
  },
});

const sweepDraftsJob = defineJob({
  name: "posts.sweep-drafts",
  schedule: "47 4 * * *",
  priority: -20,
  schema: z.object({}),
  handler: () => sweepDrafts(),
});

export const scheduledJobs = [publishScheduled, publishAllDue, sweepDraftsJob];
