import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { db } from "@/db/client";
import { addComment } from "@/lib/comments/service";
import { makeBlock, makeCast, makePost, makeUser } from "@/lib/testing/factories";
import { report } from "./reports";

process.env.LIMIT_REPORTS_PER_HOUR = "1000";
type Kind = "post" | "comment" | "user";
type Row = { subject_kind: Kind; reason: string; note: string; snapshot: Record<string, unknown>; subject_user_id: string };
const kept = (reporterId: string) => db().execute<Row>(sql`select subject_kind, reason, note, snapshot, subject_user_id from reports where reporter_id = ${reporterId}::bigint order by id`);

describe("a report", () => {
  let cast: Awaited<ReturnType<typeof makeCast>>;
  let subjects: [Kind, string][];
  beforeAll(async () => {
    cast = await makeCast();
    const post = await makePost(cast.owner, { caption: "What they said", photos: 2 });
    const comment = await addComment(cast.owner, post, { content: "And this" }, null);
    subjects = [["post", post], ["comment", comment.id], ["user", cast.owner.id]];
  });

  it("keeps what was seen, once while it is open", async () => {
    const { follower, owner } = cast;
    for (const [subject, id] of subjects) await report(follower, { subject, id, reason: "spam", note: "first" });
    await Promise.all(subjects.flatMap(([subject, id]) => Array.from({ length: 10 }, () => report(follower, { subject, id, reason: "other", note: "again" }))));
    const rows = await kept(follower.id);
    expect(rows.map((row) => [row.subject_kind, row.reason, row.note, row.subject_user_id])).toEqual(["post", "comment", "user"].map((kind) => [kind, "spam", "first\n\n[other] again", owner.id]));
    expect(rows[0]!.snapshot).toMatchObject({ username: owner.username, caption: "What they said", media: [{ alt: "A test photo" }, { alt: "A test photo" }] });
    expect(rows[1]!.snapshot).toMatchObject({ content: "And this" });
    expect(rows[2]!.snapshot).toMatchObject({ username: owner.username, bio: "" });
    await db().execute(sql`update reports set state = 'closed' where reporter_id = ${follower.id}::bigint`);
    await report(follower, { subject: "user", id: owner.id, reason: "hate", note: "" });
    expect(await kept(follower.id)).toHaveLength(4);
  });

  it("keeps what is added while it is open, each once", async () => {
    const [reporter, other] = [await makeUser(), await makeUser()];
    const add = async (reason: "spam" | "hate", note: string) => {
      for (let i = 0; i < 2; i++) await report(reporter, { subject: "user", id: other.id, reason, note });
      const rows = await kept(reporter.id);
      expect(rows).toHaveLength(1);
      return [rows[0]!.reason, rows[0]!.note];
    };
    expect(await add("spam", "")).toEqual(["spam", ""]);
    expect(await add("hate", "")).toEqual(["spam", "[hate]"]);
    expect(await add("hate", "Look at 'this' \\ [hate]")).toEqual(["spam", "[hate]\n\n[hate] Look at 'this' \\ [hate]"]);
    // Part of what was said is not what was said.
    expect(await add("hate", "Look")).toEqual(["spam", "[hate]\n\n[hate] Look at 'this' \\ [hate]\n\n[hate] Look"]);
    expect((await add("spam", "And more"))[1]).toMatch(/\n\n\[spam\] And more$/);
    const all = await add("spam", "");
    expect([await add("hate", ""), await add("hate", "Look"), await add("spam", "And more")]).toEqual([all, all, all]);
  });

  it("keeps what stands in the post, not what was taken out of it", async () => {
    const post = await makePost(cast.owner, { photos: 3 });
    await db().execute(sql`update media set position = null where post_id = ${post}::bigint and position = 1`);
    await report(cast.follower, { subject: "post", id: post, reason: "spam", note: "" });
    const [row] = await db().execute<Row>(sql`select snapshot from reports where subject_id = ${post}::bigint`);
    expect(row!.snapshot.media).toHaveLength(2);
  });

  it("does not tell of comments that are not there for the reporter", async () => {
    const [owner, follower, writer, other] = [await makeUser(), await makeUser(), await makeUser(), await makeUser()];
    const post = await makePost(owner);
    const say = async (who: typeof writer, parent_id: string | null = null) => (await addComment(who, post, { content: "Said", parent_id }, null)).id;
    const [pending, hidden, root, byEnemy] = [await say(writer), await say(writer), await say(writer), await say(other)];
    const [reply, answer] = [await say(other, root), await say(writer, byEnemy)];
    const about = (viewer: { id: string }, id: string) => report(viewer, { subject: "comment", id, reason: "spam", note: "" }).then(() => "kept", (error: { code: string }) => error.code);
    await db().execute(sql`update comments set state = 'pending' where id = ${pending}::bigint`);
    await db().execute(sql`update comments set state = 'hidden' where id in (${hidden}::bigint, ${root}::bigint)`);
    await makeBlock(other, follower);
    for (const id of [pending, hidden, root, reply, byEnemy, answer]) expect([id, await about(follower, id)]).toEqual([id, "not_found"]);
    for (const id of [pending, hidden, root, reply, answer]) expect([id, await about(owner, id)]).toEqual([id, "kept"]);
    expect(await about(writer, answer)).toBe("invalid");
  });

  it("does not tell what is there: unseen and never made are the same", async () => {
    const errors = async (viewer: { id: string }, subject: Kind, id: string) => report(viewer, { subject, id, reason: "spam", note: "" }).then(() => null, (error: { code: string; message: string }) => [error.code, error.message]);
    for (const [subject, id] of subjects) {
      const never = await errors(cast.stranger, subject, "1");
      expect(never?.[0]).toBe("not_found");
      expect(await errors(cast.blocked, subject, id)).toEqual(never);
      expect(await errors(cast.stranger, subject, id)).toEqual(subject === "user" ? null : never);
      expect((await errors(cast.owner, subject, id))?.[0]).toBe("invalid");
    }
    expect(await kept(cast.blocked.id)).toHaveLength(0);
  });
});
