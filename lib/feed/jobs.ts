import { z } from "zod";
import { db } from "@/db/client";
import { idSchema } from "@/lib/platform/ids";
import { defineJob } from "@/lib/platform/jobs/define";
import { enqueueMany } from "@/lib/platform/jobs/queue";
import { fanOut, fanOutTo, takeBack, takeBackFrom, withStore } from "./fan-out";
import { sweepRankings } from "./rankings";
import { dropFeeds } from "./store";

const batch = { from: idSchema, to: idSchema.nullable() };
const DAY_SECONDS = 86_400;

const fanOutJob = defineJob({
  name: "feed.fanout",
  on: "post.published",
  schema: z.object({ postId: idSchema }),
  priority: 5,
  async handler({ postId }) {
    const batches = await fanOut(postId);
    await enqueueMany(db(), fanOutBatch, batches.map((part) => ({ postId, ...part })));
  },
});

const fanOutBatch = defineJob({
  name: "feed.fanout-batch",
  schema: z.object({ postId: idSchema, ...batch }),
  priority: -5,
  concurrency: 2,
  keepSeconds: DAY_SECONDS,
  handler: ({ postId, ...part }) => fanOutTo(postId, part),
});

const takeBackJob = defineJob({
  name: "feed.take-back",
  on: "post.deleted",
  schema: z.object({ postId: idSchema, authorId: idSchema }),
  async handler({ postId, authorId }) {
    const batches = await takeBack(postId, authorId);
    await enqueueMany(db(), takeBackBatch, batches.map((part) => ({ postId, authorId, ...part })));
  },
});

const takeBackBatch = defineJob({
  name: "feed.take-back-batch",
  schema: z.object({ postId: idSchema, authorId: idSchema, ...batch }),
  priority: -5,
  concurrency: 2,
  keepSeconds: DAY_SECONDS,
  handler: ({ postId, authorId, ...part }) => takeBackFrom(postId, authorId, part),
});

/**
 * A feed is outdated when its reader follows others than before. The next visit notices that by itself (skeleton.ts,
 * `version`); this sees to it for the rare changes that leave the same number and the same newest follow.
 */
const followsChanged = defineJob({
  name: "feed.follows-changed",
  on: ["user.followed", "user.unfollowed", "follow.accepted"],
  schema: z.object({ followerId: idSchema }),
  handler: ({ followerId }) => withStore((store) => dropFeeds(store, [followerId])),
});

const blocked = defineJob({
  name: "feed.blocked",
  on: "user.blocked",
  schema: z.object({ blockerId: idSchema, blockedId: idSchema }),
  handler: ({ blockerId, blockedId }) => withStore((store) => dropFeeds(store, [blockerId, blockedId])),
});

const sweep = defineJob({
  name: "feed.sweep-rankings",
  schedule: "27 * * * *",
  schema: z.object({}),
  timeoutSeconds: 300,
  handler: (_, { signal }) => sweepRankings(signal),
});

export const jobs = [sweep, fanOutJob, fanOutBatch, takeBackJob, takeBackBatch, followsChanged, blocked];
