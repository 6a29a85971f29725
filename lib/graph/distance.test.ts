import { beforeEach, describe, expect, it } from "vitest";
import { forgetLimits } from "@/lib/platform/ratelimit/ratelimit";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { callApi } from "@/lib/testing/api";
import { makeCast, makeFollow, makeUser } from "@/lib/testing/factories";
import { follow } from "./service";

beforeEach(forgetLimits);

async function readAll(as: Viewer, path: string, limit: number): Promise<string[]> {
  const ids: string[] = [];
  for (let cursor: string | null = ""; cursor !== null; ) {
    const { status, body } = await callApi("GET", `${path}?limit=${limit}${cursor && `&cursor=${cursor}`}`, { as });
    expect(status).toBe(200);
    ids.push(...body.users.map((user: { id: string }) => user.id));
    cursor = body.pagination.next_cursor;
  }
  return ids;
}

describe("people whom one keeps away", () => {
  it("are listed to the last, newest first, for oneself alone", async () => {
    const [ada, bob] = [await makeUser(), await makeUser()];
    const others = await Promise.all(Array.from({ length: 5 }, () => makeUser()));
    for (const [what, list] of [["block", "blocked"], ["mute", "muted"], ["restrict", "restricted"]] as const) {
      for (const other of others) expect((await callApi("POST", `/api/users/${other.id}/${what}`, { as: ada, ...(what === "restrict" ? {} : { body: {} }) })).status).toBe(200);
      const newestFirst = others.map(({ id }) => id).toReversed();
      expect(await readAll(ada, `/api/me/${list}`, 2)).toEqual(newestFirst);
      expect([await readAll(bob, `/api/me/${list}`, 2), await readAll(others[0]!, `/api/me/${list}`, 2)]).toEqual([[], []]);
      expect((await callApi("GET", `/api/me/${list}`)).status).toBe(401);
      expect((await callApi("GET", `/api/me/${list}?cursor=x`, { as: ada })).status).toBe(422);
      for (const other of others) await callApi("DELETE", `/api/users/${other.id}/${what}`, { as: ada });
      expect(await readAll(ada, `/api/me/${list}`, 2)).toEqual([]);
    }
  });
});

describe("a follower", () => {
  it("is removed, as often as one likes, and so is who asks", async () => {
    const { owner, follower, requester, stranger, blocked } = await makeCast();
    const remove = (as: Viewer | null, person: Viewer) => callApi("DELETE", `/api/users/@${person.username}/follower`, { as });
    for (const person of [follower, follower, requester, stranger]) expect(await remove(owner, person)).toMatchObject({ status: 200, body: { followed_by: false } });
    for (const person of [follower, requester]) expect(await follow(person, owner.id)).toEqual({ following: false, requested: true });
    expect([(await remove(owner, owner)).status, (await remove(owner, blocked)).status, (await remove(null, follower)).status]).toEqual([422, 404, 401]);
  });

  it("is nobody else’s to remove", async () => {
    const { owner, follower, stranger } = await makeCast({ isPrivate: false });
    await makeFollow(stranger, follower);
    await callApi("DELETE", `/api/users/${follower.id}/follower`, { as: stranger });
    expect((await callApi("GET", `/api/users/${follower.id}`, { as: owner })).body.viewer.followed_by).toBe(true);
  });
});
