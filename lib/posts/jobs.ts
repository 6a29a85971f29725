import { z } from "zod";
import { idSchema } from "@/lib/platform/ids";
import { defineJob } from "@/lib/platform/jobs/define";
import { foldCounts } from "./counts";
import { changePhoto, changeVideo } from "./media-edits";
import { failIfBroken, publishIfReady } from "./publish";
import { purgeDeleted } from "./remove";
import { indexComment, indexPost, recountTagsOf } from "./tagging";

const publish = defineJob({
  name: "posts.publish",
  on: "media.ready",
  priority: 30,
  schema: z.object({ mediaId: idSchema }),
  handler: ({ mediaId }) => publishIfReady(mediaId),
});

const fail = defineJob({
  name: "posts.fail",
  on: "media.failed",
  schema: z.object({ mediaId: idSchema }),
  handler: ({ mediaId }) => failIfBroken(mediaId),
});

const index = defineJob({
  name: "posts.index",
  on: ["post.published", "post.edited"],
  schema: z.object({ postId: idSchema }),
  handler: ({ postId }) => indexPost(postId),
});

const indexWords = defineJob({
  name: "posts.index-comment",
  on: ["comment.created", "comment.deleted"],
  schema: z.object({ commentId: idSchema }),
  handler: ({ commentId }) => indexComment(commentId),
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

/** Whoever defers a count folds it a second later (counts.ts); this is for what a process left that was killed within that second. */
const foldLeft = defineJob({
  name: "posts.fold-counts",
  schedule: "* * * * *",
  schema: z.object({}),
  keepSeconds: 3_600,
  handler: () => foldCounts(),
});

export const jobs = [foldLeft, publish, fail, changePhoto, changeVideo, index, indexWords, recount, purge];
