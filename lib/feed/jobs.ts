import { z } from "zod";
import { db } from "@/db/client";
import { idSchema } from "@/lib/platform/ids";
import { defineJob } from "@/lib/platform/jobs/define";
import { enqueueMany } from "@/lib/platform/jobs/queue";
import { signal } from "@/lib/platform/realtime/signal";
import { fanOut, fanOutTo, forgetAt, forgetIn, isAuthorOf, takeBack, takeBackFrom, withStore } from "./fan-out";
import { sweepRankings } from "./rankings";
import { dropFeeds } from "./store";

const batch = { of: idSchema, from: idSchema, to: idSchema.nullable() };
const DAY_SECONDS = 86_400;

const fanOutJob = defineJob({
  name: "feed.fanout",
  // Once more for whom a post has come to be: what is in a feed already stays as it is.
  on: ["post.published", "post.restored", "post.collaboration", "post.audience_changed"],
  schema: z.object({ postId: idSchema, userId: idSchema.optional() }),
  priority: 5,
  async handler({ postId, userId }) {
    // Of what becomes of an invitation only that somebody is an author by now brings it to anybody.
    if (userId !== undefined && !(await isAuthorOf(postId, userId))) return;
    // One for everybody: whose feed it is in, each process asks for those who look (decisions/0052). Also when Redis, and so the job, has to wait.
    const batches = await fanOut(postId).finally(() => signal({ event: "feed", id: postId }));
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
    await enqueueMany(db(), takeBackBatch, batches.map((part) => ({ postId, ...part })));
  },
});

const takeBackBatch = defineJob({
  name: "feed.take-back-batch",
  schema: z.object({ postId: idSchema, ...batch }),
  priority: -5,
  concurrency: 2,
  keepSeconds: DAY_SECONDS,
  handler: ({ postId, ...part }) => takeBackFrom(postId, part),
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

/** The posts of a circle go to those who are in it: whoever joins has a feed that lacks them. Who left is refused at read. */
const joined = defineJob({
  name: "feed.circle-joined",
  on: "circle.joined",
  schema: z.object({ userId: idSchema }),
  handler: ({ userId }) => withStore((store) => dropFeeds(store, [userId])),
});

const blocked = defineJob({
  name: "feed.blocked",
  on: "user.blocked",
  schema: z.object({ blockerId: idSchema, blockedId: idSchema }),
  handler: ({ blockerId, blockedId }) => withStore((store) => dropFeeds(store, [blockerId, blockedId])),
});

/** Feeds that were built while an account was hidden lack its posts. */
const returned = defineJob({
  name: "feed.returned",
  on: "user.returned",
  schema: z.object({ userId: idSchema }),
  async handler({ userId }) {
    const batches = await forgetAt(userId);
    await enqueueMany(db(), returnedBatch, batches);
  },
});

const returnedBatch = defineJob({
  name: "feed.returned-batch",
  schema: z.object(batch),
  priority: -5,
  concurrency: 2,
  keepSeconds: DAY_SECONDS,
  handler: (part) => forgetIn(part),
});

const sweep = defineJob({
  name: "feed.sweep-rankings",
  schedule: "27 * * * *",
  schema: z.object({}),
  timeoutSeconds: 300,
  handler: (_, { signal }) => sweepRankings(signal),
});

export const jobs = [sweep, fanOutJob, fanOutBatch, takeBackJob, takeBackBatch, followsChanged, joined, blocked, returned, returnedBatch];
