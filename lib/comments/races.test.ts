import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { db } from "@/db/client";
import { AppError } from "@/lib/platform/errors";
import { foldCounts } from "@/lib/posts/counts";
import { makePost, makeUser } from "@/lib/testing/factories";
import { setCommentLike } from "./likes";
import { approveComment, setCommentHidden } from "./moderate";
import { addComment, deleteComment, editComment, restoreComment } from "./service";

const ROUNDS = 1_000;
process.env.LIMIT_COMMENTS_PER_MINUTE = "1000000";

/** Every count equals its rows, and nothing but refusals came back. */
async function holds(postId: string, outcomes: PromiseSettledResult<unknown>[]) {
  expect(outcomes.filter((one) => one.status === "rejected" && !(one.reason instanceof AppError))).toEqual([]);
  await foldCounts();
  const [row] = await db().execute<{ wrong: number }>(sql`
    select abs(p.comment_count - (select count(*)::int from comments c left join comments a on a.id = c.parent_id
        where c.post_id = p.id and c.deleted_at is null and c.state = 'shown' and (a.id is null or (a.deleted_at is null and a.state = 'shown'))))
      + (select coalesce(sum(abs(c.reply_count - (select count(*)::int from comments r where r.parent_id = c.id and r.deleted_at is null and r.state = 'shown'))), 0)::int
         from comments c where c.post_id = p.id and c.deleted_at is null)
      + (select coalesce(sum(abs(c.like_count - (select count(*)::int from comment_likes l where l.comment_id = c.id))), 0)::int from comments c where c.post_id = p.id)
      + (select count(*)::int from comments r join comments c on c.id = r.parent_id where r.post_id = p.id and r.deleted_at is null and c.deleted_at is not null) as wrong
    from posts p where p.id = ${postId}::bigint`);
  expect(row!.wrong).toBe(0);
}

async function insert(postId: string, userId: string, state: "shown" | "pending" = "shown"): Promise<string> {
  const [row] = await db().execute<{ id: string }>(sql`insert into comments (post_id, user_id, content, state, held_for_id)
    select id, ${userId}::bigint, 'As it was', ${state}, case when ${state} <> 'shown' then author_id end from posts where id = ${postId}::bigint returning id`);
  if (state === "shown") await db().execute(sql`update posts set comment_count = comment_count + 1 where id = ${postId}::bigint`);
  return row!.id;
}

describe(`${ROUNDS} races`, () => {
  it("two edits of one comment: one of them stands, whole", async () => {
    const [owner, ada] = [await makeUser(), await makeUser()];
    const post = await makePost(owner);
    const id = await insert(post, ada.id);
    const outcomes: PromiseSettledResult<unknown>[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      outcomes.push(...(await Promise.allSettled([editComment(ada, id, `One ${round}`), editComment(ada, id, `Two ${round}`)])));
      const [row] = await db().execute<{ content: string; edited: boolean }>(sql`select content, edited_at is not null as edited from comments where id = ${id}::bigint`);
      if (![`One ${round}`, `Two ${round}`].includes(row!.content) || !row!.edited) expect(row).toBe(`of round ${round}`);
    }
    expect(outcomes.filter(({ status }) => status === "rejected")).toEqual([]);
    await holds(post, outcomes);
  }, 240_000);

  it("a like against a deletion and its undoing", async () => {
    const [owner, ada, bo] = [await makeUser(), await makeUser(), await makeUser()];
    const post = await makePost(owner);
    const outcomes: PromiseSettledResult<unknown>[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const id = await insert(post, ada.id);
      outcomes.push(...(await Promise.allSettled([setCommentLike(bo, id, true), deleteComment(round % 2 ? ada : owner, id), ...(round % 3 === 0 ? [setCommentLike(bo, id, false)] : [])])));
      if (round % 5 === 0) outcomes.push(...(await Promise.allSettled([restoreComment(round % 2 ? ada : owner, id), setCommentLike(bo, id, true)])));
    }
    await holds(post, outcomes);
  }, 240_000);

  it("an approval against a deletion, and both against a reply", async () => {
    const [owner, ada] = [await makeUser(), await makeUser()];
    const post = await makePost(owner);
    const outcomes: PromiseSettledResult<unknown>[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const id = await insert(post, ada.id, "pending");
      const acts = [approveComment(owner, id), deleteComment(ada, id), ...(round % 2 ? [addComment(owner, post, { content: "Reply", parent_id: id }, null)] : []), ...(round % 3 ? [] : [setCommentHidden(owner, id, true)])];
      outcomes.push(...(await Promise.allSettled(acts)));
    }
    await holds(post, outcomes);
    const [row] = await db().execute<{ left: number; n: number }>(sql`
      select (select count(*)::int from comments where post_id = ${post}::bigint and deleted_at is null) as left, comment_count as n from posts where id = ${post}::bigint`);
    expect(row).toEqual({ left: 0, n: 0 });
  }, 240_000);
});
