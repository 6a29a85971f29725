import { beforeAll, describe, expect, it } from "vitest";
import { sqlClient } from "@/db/client";
import { checkInvariants } from "./invariants";

const findings = async () => new Map((await checkInvariants()).map((finding) => [finding.name, finding]));
const newUser = async (name: string) => {
  const [row] = await sqlClient()<{ id: string }[]>`
    insert into users (username, username_key, username_skeleton, email, email_key, password_hash)
    values (${name}, ${name}, ${name}, ${`${name}@example.org`}, ${`${name}@example.org`}, 'x') returning id`;
  return row!.id;
};

describe("invariants", () => {
  let ada = "";
  let ben = "";
  beforeAll(async () => {
    [ada, ben] = [await newUser("ada"), await newUser("ben")];
  });

  it("hold in a sound database", async () => {
    expect((await checkInvariants()).filter(({ ok }) => !ok)).toEqual([]);
  });

  it("notice a counter that drifted, and say whose", async () => {
    await sqlClient()`update users set follower_count = 2 where id = ${ada}`;
    const found = (await findings()).get("follower count equals its rows");
    expect(found).toMatchObject({ ok: false, detail: expect.stringContaining(`${ada} follower_count is 2, rows are 0`) });
    await sqlClient()`update users set follower_count = 0 where id = ${ada}`;
  });

  it("notice a follow that a block should have ended", async () => {
    await sqlClient()`insert into follows (follower_id, followee_id, state) values (${ada}, ${ben}, 'active')`;
    await sqlClient()`insert into blocks (blocker_id, blocked_id) values (${ben}, ${ada})`;
    const found = await findings();
    expect(found.get("no follow across a block")?.ok).toBe(false);
    expect(found.get("following count equals its rows")?.ok).toBe(false);
  });

  it("notice a published post without its photos and one that got stuck", async () => {
    const [post] = await sqlClient()<{ id: string }[]>`insert into posts (author_id, status, content_type, media_count) values (${ada}, 'published', 'photo', 1) returning id`;
    await sqlClient()`insert into posts (author_id, status, content_type, media_count, created_at) values (${ada}, 'processing', 'photo', 1, now() - interval '1 hour')`;
    const found = await findings();
    expect(found.get("published posts have all their photos")?.detail).toContain(`${post!.id} has 0 ready photos of 1`);
    expect(found.get("accepted posts are on their way")?.ok).toBe(false);
    expect(found.get("post count equals its rows")?.ok).toBe(false);
  });
});
