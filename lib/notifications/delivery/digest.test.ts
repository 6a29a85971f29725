import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { db } from "@/db/client";
import { addComment } from "@/lib/comments/service";
import { setLike } from "@/lib/interactions/service";
import { registry } from "@/lib/jobs";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { makeBlock, makePost, makeUser } from "@/lib/testing/factories";
import { failure } from "@/lib/testing/failure";
import { drainJobs, installJobs } from "@/lib/testing/jobs";
import { mailsTo } from "@/lib/testing/mails";
import { markRead } from "../service";
import { listDueDigests, sendDigest } from "./digest";
import { getDigest, setDigest } from "./digest-settings";
import { ownerOfToken, stopDigest, unsubscribeToken } from "./unsubscribe";

beforeAll(() => installJobs(registry));

const DAY = 86_400_000;
/** A moment of the days to come, in UTC. */
const morning = (days: number, hour: number) => new Date(Date.parse(`${new Date(Date.now() + days * DAY).toISOString().slice(0, 10)}T${String(hour).padStart(2, "0")}:30:00Z`));

async function reader(frequency: "daily" | "weekly" = "daily", timeZone = "UTC"): Promise<{ person: Viewer; mails: () => ReturnType<typeof mailsTo> }> {
  const person = await makeUser();
  await db().execute(sql`update users set email_verified_at = now() where id = ${person.id}::bigint`);
  await setDigest(person, { frequency, time_zone: timeZone });
  return { person, mails: () => mailsTo(`${person.username}@example.org`) };
}

async function likedBy(owner: Viewer, actor?: Viewer): Promise<Viewer> {
  const person = actor ?? (await makeUser());
  await setLike(person, await makePost(owner), true);
  await drainJobs(registry);
  return person;
}

describe("the digest", () => {
  it("tells once what is new, with links, and how to end it", async () => {
    const { person, mails } = await reader();
    const ada = await likedBy(person);
    await addComment(ada, await makePost(person), { content: "What a <b>light</b>!" }, null);
    await drainJobs(registry);
    await Promise.all([sendDigest(person.id, morning(1, 9)), sendDigest(person.id, morning(1, 9))]);
    await sendDigest(person.id, morning(1, 9));
    await sendDigest(person.id, morning(1, 23));
    const [mail, ...others] = await mails();
    expect(others).toEqual([]);
    expect(mail).toMatchObject({ kind: "digest", subject: "2 new notifications" });
    expect(mail!.body).toContain(`* ${ada.username} commented: “What a <b>light</b>!”`);
    expect(mail!.body).toContain(`* ${ada.username} liked your post\n  http`);
    expect(mail!.body).toContain(`/unsubscribe?token=${unsubscribeToken(person.id)}`);
    const [row] = await db().execute<{ html: string; unsubscribe_path: string }>(sql`select html, unsubscribe_path from mails where id = ${mail!.id}::bigint`);
    expect(row!.unsubscribe_path).toBe(`/unsubscribe/${unsubscribeToken(person.id)}`);
    expect(row!.html).not.toContain("<b>light");
    // The next one does not repeat it.
    await sendDigest(person.id, morning(2, 9));
    expect(await mails()).toHaveLength(1);
    await likedBy(person);
    await db().execute(sql`update notifications set updated_at = ${morning(2, 12).toISOString()}::timestamptz where user_id = ${person.id}::bigint and latest_id = (select max(latest_id) from notifications where user_id = ${person.id}::bigint)`);
    await sendDigest(person.id, morning(3, 9));
    expect((await mails()).map(({ subject }) => subject)).toEqual(["One new notification", "2 new notifications"]);
  });

  it("says nothing when nothing is new, nothing that was read, and nothing that may not be seen", async () => {
    const { person, mails } = await reader();
    await sendDigest(person.id, morning(1, 9));
    await likedBy(person);
    await markRead(person, null);
    const eve = await likedBy(person);
    await makeBlock(person, eve);
    await db().execute(sql`update digest_settings set told_until = now() - interval '1 day' where user_id = ${person.id}::bigint`);
    await sendDigest(person.id, morning(2, 9));
    expect(await mails()).toEqual([]);
  });

  it("is due at eight where the person is, each day or on Monday", async () => {
    const { person: berlin } = await reader("daily", "Europe/Berlin");
    const { person: weekly } = await reader("weekly");
    const due = async (at: Date) => (await listDueDigests("0", 1_000, at)).filter((id) => [berlin.id, weekly.id].includes(id));
    const begin = async ({ id }: Viewer) => Date.parse(`${(await db().execute<{ sent_for: string }>(sql`select sent_for::text from digest_settings where user_id = ${id}::bigint`))[0]!.sent_for}T00:00:00Z`);
    // From one day's eight o'clock to the next; in Berlin it is six or seven in UTC.
    const next = (await begin(berlin)) + DAY;
    expect(await due(new Date(next + 5.9 * 3_600_000))).not.toContain(berlin.id);
    expect(await due(new Date(next + 7.1 * 3_600_000))).toContain(berlin.id);
    const monday = (await begin(weekly)) + 7 * DAY;
    expect(new Date(monday).getUTCDay()).toBe(1);
    expect(await due(new Date(monday + 7.9 * 3_600_000))).not.toContain(weekly.id);
    expect(await due(new Date(monday + 8.1 * 3_600_000))).toContain(weekly.id);
  });

  it("is off until it is asked for, needs a confirmed address, and refuses what is no time zone", async () => {
    const person = await makeUser();
    expect(await getDigest(person)).toEqual({ frequency: "off", time_zone: "UTC", address_confirmed: false });
    expect(await failure(setDigest(person, { frequency: "daily" }))).toMatchObject({ status: 409 });
    expect(await failure(setDigest(person, { time_zone: "Moon/Base" }))).toMatchObject({ status: 422 });
    await db().execute(sql`update users set email_verified_at = now() where id = ${person.id}::bigint`);
    expect(await setDigest(person, { frequency: "daily", time_zone: "Asia/Kolkata" })).toMatchObject({ frequency: "daily", time_zone: "Asia/Kolkata" });
    expect(await setDigest(person, { frequency: "weekly" })).toMatchObject({ frequency: "weekly", time_zone: "Asia/Kolkata" });
    // What happened before it was asked for, and today's, is not told.
    expect(await listDueDigests("0", 1_000)).not.toContain(person.id);
  });

  it("ends by its link, pressed twice, and by no other", async () => {
    const { person, mails } = await reader();
    const token = unsubscribeToken(person.id);
    expect(ownerOfToken(token)).toBe(person.id);
    const forged = `${(await makeUser()).id}-${token.split("-").slice(1).join("-")}`;
    for (const wrong of [forged, `${token}x`, token.slice(1), "", "1-2"]) expect(await failure(stopDigest(wrong))).toMatchObject({ status: 422 });
    expect((await getDigest(person)).frequency).toBe("daily");
    await stopDigest(token);
    await stopDigest(token);
    expect((await getDigest(person)).frequency).toBe("off");
    await likedBy(person);
    await sendDigest(person.id, morning(1, 9));
    expect(await mails()).toEqual([]);
  });

  it("is found and written by the jobs", async () => {
    const { person, mails } = await reader();
    await likedBy(person);
    await db().execute(sql`update digest_settings set sent_for = sent_for - 2 where user_id = ${person.id}::bigint`);
    for (let i = 0; i < 2; i++) {
      await db().execute(sql`insert into pgboss.job (name, data) values ('notifications.digests', '{}')`);
      await drainJobs(registry);
    }
    expect(await mails()).toHaveLength(1);
    await db().execute(sql`update users set suspended_at = now() where id = ${person.id}::bigint`);
    expect(await listDueDigests("0", 1_000, morning(1, 9))).not.toContain(person.id);
  });
});
