import { sql } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { db } from "@/db/client";
import { comeBack } from "@/lib/accounts/leave";
import { getHomeFeed } from "@/lib/feed/queries";
import { registry } from "@/lib/jobs";
import { storeUploadedImage } from "@/lib/media/receive";
import { checkInvariants } from "@/lib/platform/doctor/invariants";
import { announce } from "@/lib/platform/jobs/queue";
import { forgetLimits } from "@/lib/platform/ratelimit/ratelimit";
import { makeFollow, makePost, makePosts, makeUpload, makeUser } from "@/lib/testing/factories";
import { drainJobs, installJobs } from "@/lib/testing/jobs";
import { quarters } from "@/lib/testing/pictures";
import { playRounds } from "@/lib/testing/rounds";
import { getVisiblePost, listPostsOf } from "./queries";
import { CARRIED, listDue, listScheduled, publishDue } from "./scheduled";
import { createPostSchema, editPostSchema } from "./schemas";
import { createPost, deletePost, editPost, publishNow, restorePost } from "./service";

beforeAll(async () => {
  process.env.LIMIT_POSTS_PER_HOUR = "100000";
  await installJobs(registry);
});
beforeEach(forgetLimits);

const all = { limit: 50, cursor: null };
const inAn = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
const input = (id: string, more: object = {}) => createPostSchema.parse({ media: [{ id }], scheduled_for: inAn(1), ...more });
const come = (id: string) => db().execute(sql`update posts set scheduled_for = now() - interval '1 second' where id = ${id}::bigint`);
const shown = async (viewer: { id: string }) => (await getHomeFeed(viewer, all)).items.map((post) => post.id);
const broken = async () => (await checkInvariants()).filter((finding) => !finding.ok && finding.name !== "next month's partition of posts exists").map((finding) => `${finding.name}: ${finding.detail}`);
const upload = async (owner: { id: string }) => storeUploadedImage(owner as never, [await quarters(200, 100).jpeg().toBuffer()] as never, "post");
/** Ready, so that publishing has nothing to wait for. */
const scheduleReady = async (author: { id: string }) => {
  const { id } = await createPost(author, input(await makeUpload(author)), null);
  await db().execute(sql`update media set state = 'ready', ready_at = now() where post_id = ${id}::bigint`);
  return id;
};
/** As the queue runs it. */
const run = (name: string, data: object = {}) => registry.find((job) => job.name === name)!.handler(data as never, { id: "1", attempt: 1, signal: AbortSignal.timeout(10_000) });
const postsOf = async (author: { id: string }) => [...(await db().execute<{ id: string; status: string }>(sql`select id, status from posts where author_id = ${author.id}::bigint and deleted_at is null`))];

describe("a scheduled post", () => {
  it("is its author's alone, its photo made ready ahead, and stands in feeds when it appears", async () => {
    const [ada, bob] = [await makeUser(), await makeUser()];
    await makeFollow(bob, ada);
    const post = await createPost(ada, input(await upload(ada), { caption: "Soon #later" }), "key-1");
    await drainJobs(registry);
    expect(await getVisiblePost(ada, post.id)).toMatchObject({ status: "scheduled", scheduled_for: expect.any(String), media: [{ state: "ready" }] });
    await expect(getVisiblePost(bob, post.id)).rejects.toMatchObject({ code: "not_found" });
    expect([await shown(ada), await shown(bob), (await listPostsOf(ada, ada.id, all)).items, (await listScheduled(ada)).length, (await listScheduled(bob)).length]).toEqual([[], [], [], 1, 0]);
    const between = await makePost(ada);
    await announce(db(), "post.published", { postId: between });
    await publishDue(post.id);
    expect(await listDue()).toEqual([]);
    await come(post.id);
    expect(await listDue()).toEqual([post.id]);
    for (const id of await listDue()) await publishDue(id);
    await publishDue(post.id);
    await drainJobs(registry);
    const [newest, older] = await shown(bob);
    expect(older).toBe(between);
    const out = await getVisiblePost(bob, newest!);
    expect(out).toMatchObject({ caption: "Soon #later", status: "published", media: [{ id: post.media[0]!.id }] });
    expect(out).not.toHaveProperty("scheduled_for");
    expect(Date.now() - Date.parse(out.created_at)).toBeLessThan(60_000);
    await expect(getVisiblePost(ada, post.id)).rejects.toMatchObject({ code: "not_found" });
    // A repeated request for the scheduled post finds what became of it; so does a second press of "Post now".
    expect((await createPost(ada, input(post.media[0]!.id), "key-1")).id).toBe(newest);
    expect((await publishNow(ada, post.id)).id).toBe(newest);
    expect(await broken()).toEqual([]);
  });

  it("is published by its own job, also late, and waits for a photo that is not ready", async () => {
    const ada = await makeUser();
    const { id } = await createPost(ada, input(await makeUpload(ada)), null);
    const [job] = await db().execute<{ start_after: string }>(sql`select start_after from pgboss.job where name = 'posts.publish-scheduled' and data->>'postId' = ${id}`);
    expect(Math.abs(Date.parse(job!.start_after) - Date.now() - 3_600_000)).toBeLessThan(60_000);
    await run("posts.publish-scheduled", { postId: id });
    expect(await postsOf(ada)).toEqual([{ id, status: "scheduled" }]);
    await come(id);
    await run("posts.publish-scheduled", { postId: id });
    const [waiting] = await postsOf(ada);
    expect(waiting).toMatchObject({ status: "processing" });
    expect(waiting!.id).not.toBe(id);
    // Jobs run twice, and one's own job may have been lost.
    await run("posts.publish-scheduled", { postId: id });
    expect(await postsOf(ada)).toEqual([waiting]);
    const late = await scheduleReady(ada);
    await come(late);
    for (let again = 0; again < 2; again++) await run("posts.publish-due");
    expect((await postsOf(ada)).filter((post) => post.id !== waiting!.id)).toEqual([{ id: expect.not.stringMatching(`^${late}$`), status: "published" }]);
  });

  it("changes its time, is cancelled, and restored without appearing by surprise", async () => {
    const ada = await makeUser();
    const id = await scheduleReady(ada);
    const later = inAn(48);
    expect(await editPost(ada, id, editPostSchema.parse({ scheduled_for: later, caption: "Other words" }))).toMatchObject({ scheduled_for: later, caption: "Other words", is_edited: true });
    for (const wrong of [inAn(-1), inAn(24 * 400)]) await expect(editPost(ada, id, editPostSchema.parse({ scheduled_for: wrong }))).rejects.toMatchObject({ fields: { scheduled_for: expect.any(String) } });
    await deletePost(ada, id);
    await come(id);
    await publishDue(id);
    expect(await postsOf(ada)).toEqual([]);
    expect(await restorePost(ada, id)).toMatchObject({ status: "scheduled", scheduled_for: null });
    expect(await listDue()).toEqual([]);
    expect((await publishNow(ada, id)).status).toBe("published");
    const out = await makePost(ada);
    await expect(editPost(ada, out, editPostSchema.parse({ scheduled_for: later }))).rejects.toMatchObject({ code: "conflict" });
    await expect(publishNow(ada, out)).rejects.toMatchObject({ code: "conflict" });
    await expect(publishNow(await makeUser(), out)).rejects.toMatchObject({ code: "not_found" });
    expect(await broken()).toEqual([]);
  });

  it("leaves no job behind when it is changed, cancelled, restored or posted", async () => {
    const ada = await makeUser();
    const id = await scheduleReady(ada);
    const jobs = async () => [...(await db().execute<{ at: string }>(sql`select start_after as at from pgboss.job where name = 'posts.publish-scheduled' and state < 'active' and data->>'postId' = ${id}`))].map(({ at }) => new Date(at).toISOString());
    const later = inAn(200 * 24);
    await editPost(ada, id, editPostSchema.parse({ scheduled_for: later }));
    expect(await jobs()).toEqual([later]);
    await deletePost(ada, id);
    expect(await jobs()).toEqual([]);
    // What is restored is found by the job of every minute.
    await restorePost(ada, id);
    await editPost(ada, id, editPostSchema.parse({ scheduled_for: inAn(1) }));
    expect(await jobs()).toHaveLength(1);
    await publishNow(ada, id);
    expect(await jobs()).toEqual([]);
  });

  it("waits while its author is away, and appears when they are back", async () => {
    for (const [hidden, back] of [["deactivated_at", true], ["deleted_at", true], ["suspended_at", false]] as const) {
      const [ada, bob] = [await makeUser(), await makeUser()];
      await makeFollow(bob, ada);
      const id = await scheduleReady(ada);
      await db().execute(sql`update users set ${sql.raw(hidden)} = now() where id = ${ada.id}::bigint`);
      await come(id);
      await publishDue(id);
      expect([await listDue(), (await postsOf(ada)).map((post) => post.status)]).toEqual([[], ["scheduled"]]);
      if (back) await db().transaction((tx) => comeBack(tx, ada.id));
      else await db().execute(sql`update users set suspended_at = null where id = ${ada.id}::bigint`);
      expect(await listDue()).toEqual([id]);
      for (const due of await listDue()) await publishDue(due);
      await drainJobs(registry);
      const [out] = await postsOf(ada);
      expect(out!.status).toBe("published");
      expect(await shown(bob)).toEqual([out!.id]);
    }
    expect(await broken()).toEqual([]);
  });

  it("carries everything over: a column that is new must be decided upon", async () => {
    const rows = await db().execute<{ column_name: string }>(sql`select column_name from information_schema.columns where table_name = 'posts' order by 1`);
    const begun = ["id", "status", "created_at", "updated_at", "published_at", "edited_at", "deleted_at", "pinned_at", "scheduled_for", "like_count", "comment_count", "save_count", "share_count", "view_count", "repost_count"];
    expect([...rows].map((row) => row.column_name)).toEqual([...CARRIED, ...begun].toSorted());
  });

  it("is published once or cancelled, whoever is first, a thousand times", async () => {
    let cancellations = 0;
    await playRounds(1_000, 5, async () => {
      const ada = await makeUser();
      const due = await makePosts(ada, 200, { status: "scheduled" });
      let out = 0;
      return async (round) => {
        const id = due.pop()!;
        const race = [() => publishDue(id), () => publishDue(id), () => publishNow(ada, id), () => deletePost(ada, id)];
        const begun = await Promise.allSettled((round % 2 === 0 ? race : race.toReversed()).map((begin) => begin()));
        const ends = round % 2 === 0 ? begun : begun.toReversed();
        // The jobs find nothing to do; whoever presses a button hears what is no longer there.
        expect(ends.slice(0, 2).map((end) => end.status)).toEqual(["fulfilled", "fulfilled"]);
        expect(ends.filter((end) => end.status === "rejected" && !["not_found", "conflict"].includes(end.reason.code))).toEqual([]);
        const cancelled = ends[3]!.status === "fulfilled";
        if (cancelled) cancellations += 1;
        else out += 1;
        const [row] = await db().execute<{ out: number; waiting: number }>(sql`
          select count(*) filter (where status = 'published')::int as out, count(*) filter (where status = 'scheduled')::int as waiting from posts where author_id = ${ada.id}::bigint and deleted_at is null`);
        expect(row).toEqual({ out, waiting: due.length });
      };
    });
    expect(Math.min(cancellations, 1_000 - cancellations)).toBeGreaterThan(10);
    expect(await broken()).toEqual([]);
  }, 120_000);
});
