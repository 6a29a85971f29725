import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { db } from "@/db/client";
import { loadSession } from "@/lib/platform/viewer/session";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { setPrivacy } from "@/lib/privacy/service";
import { makeBlock, makeCast, makeFollow, makeUser } from "@/lib/testing/factories";
import { activityInWords } from "./activity-words";
import { getProfile } from "./queries";

const wasHere = (person: Viewer, ago: string) => db().execute(sql`update users set last_active_at = now() - ${ago}::interval where id = ${person.id}::bigint`);
const seen = async (viewer: Viewer | null, person: Viewer) => (await getProfile(viewer, person.id)).last_active_at;
const restrict = (one: Viewer, other: Viewer) => db().execute(sql`insert into restricts (restricter_id, restricted_id) values (${one.id}::bigint, ${other.id}::bigint)`);

describe("when somebody was there last", () => {
  it("is told to those whom they follow, to five minutes, and to nobody else", async () => {
    const { owner, follower, requester, stranger, blocked } = await makeCast({ isPrivate: false });
    const [friend, asked] = [await makeUser(), await makeUser()];
    await makeFollow(owner, friend);
    await makeFollow(owner, asked, "requested");
    await wasHere(owner, "7 minutes");
    const at = await seen(friend, owner);
    expect(at).toMatch(/:[0-5][05]:00\.000Z$/);
    expect(Date.now() - Date.parse(at!)).toBeLessThan(13 * 60_000);
    for (const viewer of [owner, follower, requester, stranger, asked, null]) expect(await seen(viewer, owner)).toBeNull();
    await expect(seen(blocked, owner)).rejects.toMatchObject({ code: "not_found" });
    await wasHere(owner, "8 days");
    expect(await seen(friend, owner)).toBeNull();
  });

  it("is not told by who does not show it, to who does not show theirs, nor across a restriction or a block", async () => {
    const pair = async () => {
      const [owner, friend] = [await makeUser(), await makeUser()];
      await makeFollow(owner, friend);
      expect(await seen(friend, owner)).not.toBeNull();
      return { owner, friend };
    };
    for (const hides of ["owner", "friend"] as const) {
      const two = await pair();
      await setPrivacy(two[hides], { shows_activity: false });
      expect(await seen(two.friend, two.owner)).toBeNull();
      await setPrivacy(two[hides], { shows_activity: true });
      expect(await seen(two.friend, two.owner)).not.toBeNull();
    }
    for (const by of ["owner", "friend"] as const) {
      const two = await pair();
      await restrict(two[by], by === "owner" ? two.friend : two.owner);
      expect(await seen(two.friend, two.owner)).toBeNull();
    }
    const { owner, friend } = await pair();
    await makeBlock(owner, friend);
    await expect(seen(friend, owner)).rejects.toMatchObject({ code: "not_found" });
  });

  it("is written every few minutes at most", async () => {
    const person = await makeUser();
    const at = async () => (await db().execute<{ at: string }>(sql`select last_active_at::text as at from users where id = ${person.id}::bigint`))[0]!.at;
    const lookIn = async (ago: string) => {
      await wasHere(person, ago);
      await db().execute(sql`update sessions set last_seen_at = now() - ${ago}::interval where id = ${person.sessionId}::bigint`);
      const before = await at();
      await loadSession({ userId: person.id, sessionId: person.sessionId });
      return (await at()) !== before;
    };
    expect([await lookIn("4 minutes"), await lookIn("6 minutes")]).toEqual([false, true]);
  });

  it("is said roughly", () => {
    const now = Date.parse("2026-07-01T12:00:00.000Z");
    const ago = (minutes: number) => activityInWords(new Date(now - minutes * 60_000).toISOString(), now);
    expect([-3, 0, 9, 10, 14, 59, 60, 119, 1439, 1440, 2880, 9000].map(ago)).toEqual([
      "Active now", "Active now", "Active now", "Active 10 min ago", "Active 10 min ago", "Active 55 min ago", "Active 1 h ago", "Active 1 h ago", "Active 23 h ago", "Active a day ago", "Active 2 days ago", "Active 6 days ago",
    ]);
  });
});
