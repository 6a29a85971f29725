import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { db } from "@/db/client";
import { callApi } from "@/lib/testing/api";
import { makePost, makeUser } from "@/lib/testing/factories";
import { quietUntil, readChoices, wants } from "./choices";
import { choicesFormSchema, choicesPatchSchema, quietFormSchema } from "./schemas";
import { getPostNotices, setChoices, setPostNotices } from "./settings";
import { TOPICS } from "./topics";

const rowsOf = async (userId: string) => (await db().execute(sql`select topic from notification_choices where user_id = ${userId}::bigint`)).length;

describe("how one wants to be told", () => {
  it("is in every way until one says otherwise; what is left out stays; only what differs is kept", async () => {
    const ada = await makeUser();
    const { topics, quiet_hours } = await readChoices(ada.id);
    expect(Object.keys(topics)).toEqual([...TOPICS]);
    expect(new Set(Object.values(topics).map((choice) => JSON.stringify(choice)))).toEqual(new Set([JSON.stringify({ in_app: true, push: true, mail: true, from: "everyone" })]));
    expect(quiet_hours).toBeNull();
    await setChoices(ada, { topics: { likes: { push: false } } });
    const after = await setChoices(ada, { topics: { likes: { from: "followed" }, messages: { push: false } } });
    expect([after.topics.likes, after.topics.messages.push]).toEqual([{ in_app: true, push: false, mail: true, from: "followed" }, false]);
    expect(await rowsOf(ada.id)).toBe(2);
    await setChoices(ada, { topics: { likes: { push: true, from: "everyone" }, messages: { push: true } } });
    expect(await rowsOf(ada.id)).toBe(0);
  });

  it("answers for each topic and way; security can't be missed, and what is off in the app goes no other way", async () => {
    const ada = await makeUser();
    await setChoices(ada, { topics: { likes: { in_app: false }, comments: { mail: false }, security: { push: false } } });
    for (const way of ["in_app", "push", "mail"] as const) expect(await wants(ada.id, "likes", way)).toBe(false);
    expect([await wants(ada.id, "comments", "mail"), await wants(ada.id, "comments", "push"), await wants(ada.id, "follows", "push")]).toEqual([false, true, true]);
    expect([await wants(ada.id, "security", "in_app"), await wants(ada.id, "security", "mail"), await wants(ada.id, "security", "push")]).toEqual([true, true, false]);
    expect([await wants(ada.id, "messages", "in_app"), await wants(ada.id, "messages", "push")]).toEqual([false, true]);
  });

  it.each([
    ["over midnight, in the evening", "22:00", "07:00", "2026-11-28T21:30:00Z", "2026-11-29T06:00:00.000Z"],
    ["over midnight, in the morning", "22:00", "07:00", "2026-11-28T04:00:00Z", "2026-11-28T06:00:00.000Z"],
    ["over midnight, at its end", "22:00", "07:00", "2026-11-28T06:00:00Z", null],
    ["over midnight, at its beginning", "22:00", "07:00", "2026-11-28T21:00:00Z", "2026-11-29T06:00:00.000Z"],
    ["over midnight, by day", "22:00", "07:00", "2026-11-28T12:00:00Z", null],
    ["by day, within", "12:00", "14:30", "2026-11-28T12:15:00Z", "2026-11-28T13:30:00.000Z"],
    ["by day, before", "12:00", "14:30", "2026-11-28T10:59:59Z", null],
    ["in the night that is an hour longer", "22:00", "07:00", "2026-10-24T20:30:00Z", "2026-10-25T06:00:00.000Z"],
    ["in the night that is an hour shorter", "22:00", "07:00", "2026-03-28T21:30:00Z", "2026-03-29T05:00:00.000Z"],
  ])("is quiet %s", async (_, from, to, now, until) => {
    const ada = await makeUser();
    await setChoices(ada, { quiet_hours: { from, to, time_zone: "Europe/Berlin" } });
    expect((await quietUntil(ada.id, new Date(now)))?.toISOString() ?? null).toBe(until);
    await setChoices(ada, { quiet_hours: null });
    expect(await quietUntil(ada.id, new Date(now))).toBeNull();
  });

  it("is refused in plain words where it can't be", async () => {
    const ada = await makeUser();
    const refused = async (body: unknown, words: RegExp) => {
      const { status, body: answer } = await callApi("PATCH", "/api/me/notifications", { as: ada, body: body as object });
      expect([status, JSON.stringify(answer)]).toEqual([422, expect.stringMatching(words)]);
    };
    await refused({ topics: { security: { mail: false } } }, /always told of your account/);
    await refused({ topics: { likes: { push: "yes" } } }, /true or false/);
    await refused({ topics: { likes: { from: "nobody" } } }, /everyone or followed/);
    await refused({ topics: { weather: { push: true } } }, /weather/);
    await refused({ quiet_hours: { from: "22:00", to: "22:00", time_zone: "Europe/Berlin" } }, /another time/);
    await refused({ quiet_hours: { from: "25:00", to: "22:00", time_zone: "Europe/Berlin" } }, /such as 22:30/);
    for (const zone of ["Moon/Base", "+02:00", ""]) await refused({ quiet_hours: { from: "22:00", to: "07:00", time_zone: zone } }, /time zone/);
    expect((await callApi("PATCH", "/api/me/notifications", { as: null, body: {} })).status).toBe(401);
    for (const zone of Intl.supportedValuesOf("timeZone")) expect(choicesPatchSchema.safeParse({ quiet_hours: { from: "22:00", to: "07:00", time_zone: zone } }).success).toBe(true);
  });

  it("comes from the form of the settings page, of which columns that it did not show stay", async () => {
    expect(choicesFormSchema.parse({ channels: "in_app", "likes.in_app": "on", "likes.from": "followed" }).topics).toMatchObject({ likes: { in_app: true, from: "followed" }, comments: { in_app: false }, messages: {}, security: {} });
    expect(choicesFormSchema.parse({ channels: "in_app", "likes.push": "on" }).topics!.likes).toEqual({ in_app: false });
    expect(quietFormSchema.parse({ from: "22:00", to: "x", time_zone: "UTC" })).toBeNull();
    expect(quietFormSchema.safeParse({ quiet: "on", from: "22:00", to: "x", time_zone: "UTC" }).success).toBe(false);
  });

  it("is known to the database by every zone that the settings page offers", async () => {
    const [row] = await db().execute<{ unknown: string[] }>(sql`
      select coalesce(array_agg(z), '{}') as unknown from unnest(${sql.param(Intl.supportedValuesOf("timeZone"))}::text[]) z where not exists (select 1 from pg_timezone_names n where n.name = z)`);
    expect(row!.unknown).toEqual([]);
  });

  it("can be nothing of one post, which has to be there", async () => {
    const [ada, bo] = [await makeUser(), await makeUser({ isPrivate: true })];
    const [own, hidden] = [await makePost(ada), await makePost(bo)];
    for (const on of [false, false, true, true]) {
      expect(await setPostNotices(ada, own, on)).toEqual({ notifications: on });
      expect(await getPostNotices(ada, own)).toEqual({ notifications: on });
    }
    for (const act of [() => setPostNotices(ada, hidden, false), () => getPostNotices(ada, hidden)]) await expect(act()).rejects.toMatchObject({ code: "not_found" });
  });
});
