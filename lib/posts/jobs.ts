import { z } from "zod";
import { idSchema } from "@/lib/platform/ids";
import { defineJob } from "@/lib/platform/jobs/define";
import { separate } from "./collaborators";
import { foldCounts } from "./counts";
import { settleReplacement } from "./items";
import { changePhoto, changeVideo } from "./media-edits";
import { removeTagsBetween } from "./people";
import { failIfBroken, publishIfReady } from "./publish";
import { purgeDeleted } from "./remove";
import { hearNarrowing, rekey } from "./rekey";
import { scheduledJobs } from "./scheduled-jobs";
import { recountTagsOf } from "./tagging";
import { index, indexWords } from "./tagging-jobs";

const publish = defineJob({
  name: "posts.publish",
  on: "media.ready",
  priority: 30,
  schema: z.object({ mediaId: idSchema }),
  async handler({ mediaId }) {
    if (!(await settleReplacement(mediaId))) await publishIfReady(mediaId);
  },
});

const fail = defineJob({
  name: "posts.fail",
  on: "media.failed",
  schema: z.object({ mediaId: idSchema }),
  handler: ({ mediaId }) => failIfBroken(mediaId),
});

const recount = defineJob({
  name: "posts.recount-tags",
  on: "user.privacy_changed",
  timeoutSeconds: 600,
  schema: z.object({ userId: idSchema }),
  handler: ({ userId }) => recountTagsOf(userId),
});

const purge = defineJob({
  name: "posts.purge",
  schedule: "23 4 * * *",
  priority: -20,
  timeoutSeconds: 1_800,
  schema: z.object({}),
  handler: () => purgeDeleted(),
});

const untag = defineJob({
  name: "posts.untag",
  on: "user.blocked",
  schema: z.object({ blockerId: idSchema, blockedId: idSchema }),
  async handler({ blockerId, blockedId }) {
    await removeTagsBetween(blockerId, blockedId);
    await separate(blockerId, blockedId);
  },
});

/** Whoever defers a count folds it a second later (counts.ts); this is for what a process left that was killed within that second. */
const foldLeft = defineJob({
  name: "posts.fold-counts",
  schedule: "* * * * *",
  schema: z.object({}),
  keepSeconds: 3_600,
  handler: () => foldCounts(),
});

export const jobs = [...scheduledJobs, foldLeft, publish, fail, untag, changePhoto, changeVideo, hearNarrowing, rekey, index, indexWords, recount, purge];
