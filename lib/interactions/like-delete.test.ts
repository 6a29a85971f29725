import { setTimeout as pause } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { beforeAll, expect, it } from "vitest";
import { db } from "@/db/client";
import { jobs as notificationJobs } from "@/lib/notifications/jobs";
import { foldCounts } from "@/lib/posts/counts";
import { deletePost, restorePost } from "@/lib/posts/service";
import { makePosts, makeUser } from "@/lib/testing/factories";
import { brokenPromises } from "@/lib/testing/invariants";
import { drainJobs, installJobs } from "@/lib/testing/jobs";
import { playRounds } from "@/lib/testing/rounds";
import { setLike } from "./service";

beforeAll(() => installJobs(notificationJobs));

const ROUNDS = 1_000;
const LANES = 5;
const MOST_LATE_MS = 20;
const listOf = (ids: readonly string[]) => sql`any(${`{${ids.join(",")}}`}::text::bigint[])`;

/** True for a like, false for a post that was not there any more. */
const liked = async (like: Promise<unknown>): Promise<boolean> => like.then(() => true, (error: { code?: string }) => {
  if (error.code !== "not_found") throw error;
  return false;
});

it("a like against the deletion of the post: whoever is told yes is counted, and nobody is told of what is gone, a thousand times", async () => {
  const [gone, back]: [string[], string[]] = [[], []];
  const [yes, no]: [string[], string[]] = [[], []];
  await playRounds(ROUNDS, LANES, async () => {
    const [ada, bob, cleo] = [await makeUser(), await makeUser(), await makeUser()];
    const pool = await makePosts(ada, ROUNDS / LANES);
    return async (round) => {
      const post = pool.pop()!;
      const comesBack = round % 4 === 0;
      const race = [
        async () => {
          // Where the deletion begins first, the like comes while it is under way, sooner or later.
          if (round % 2 === 1) await pause(Math.random() * MOST_LATE_MS);
          ((await liked(setLike(bob, post, true))) ? yes : no).push(`${post} ${bob.id}`);
        },
        async () => void (round % 4 === 1 && (await liked(setLike(cleo, post, true))) && (await liked(setLike(cleo, post, false)))),
        () => deletePost(ada, post),
      ];
      await Promise.all((round % 2 === 0 ? race : race.toReversed()).map((begin) => begin()));
      if (comesBack) await restorePost(ada, post);
      (comesBack ? back : gone).push(post);
    };
  });
  const rows = await db().execute<{ said: string }>(sql`select l.post_id || ' ' || l.user_id as said from likes l join posts p on p.id = l.post_id`);
  const there = new Set([...rows].map((row) => row.said));
  expect(yes.filter((said) => !there.has(said))).toEqual([]);
  expect(no.filter((said) => there.has(said))).toEqual([]);
  // Each wins now and then, or there was no race.
  expect(Math.min(yes.length, no.length)).toBeGreaterThan(10);

  await foldCounts();
  await drainJobs(notificationJobs);
  expect(await db().execute(sql`select 1 from notifications where post_id = ${listOf(gone)}`)).toHaveLength(0);
  expect(await brokenPromises()).toEqual([]);
  expect(await db().execute(sql`select 1 from posts where id = ${listOf(back)} and deleted_at is null`)).toHaveLength(ROUNDS / 4);
}, 120_000);
