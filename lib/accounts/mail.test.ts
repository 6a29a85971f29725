import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { db } from "@/db/client";
import { viewerOfToken } from "@/lib/platform/viewer/bearer";
import { failure } from "@/lib/testing/failure";
import { mailsTo, tokenMailed } from "@/lib/testing/mails";
import { installJobs, drainJobs } from "@/lib/testing/jobs";
import { changeAddress, getAddress, sendVerification, verifyAddress } from "./email";
import { disown } from "./disown";
import { jobs } from "./jobs";
import { readMailToken } from "./mail-tokens";
import { requestReset, resetPassword } from "./reset";
import { registerSchema } from "./schemas";
import { authenticate, changePassword, register } from "./service";
import { issueToken } from "./sessions";

const GOOD = "Sunlit-Harbour-42";
const BETTER = "Quiet-Meadow-77";
let serial = 0;
const from = (device = "Test", mark?: string) => ({ address: `10.1.0.${serial++}`, kind: mark ? ("browser" as const) : ("api" as const), device, mark });

/** Somebody who has just signed up. */
async function enter(username: string) {
  const session = await register(registerSchema.parse({ username, email: `${username}@example.org`, password: GOOD }), from());
  const { token } = await issueToken(session);
  return { viewer: (await viewerOfToken(token))!, token, email: `${username}@example.org` };
}

beforeAll(() => {
  Object.assign(process.env, { LIMIT_LOGIN_PER_MINUTE: "1000", LIMIT_SIGNUP_PER_HOUR: "1000", LIMIT_MAILS_PER_HOUR: "6" });
});

describe("confirming one's address", () => {
  it("works by the mailed link, once, and empties the mail", async () => {
    const { viewer, email } = await enter("verity");
    expect(await getAddress(viewer)).toEqual({ email, verified: false, pending: null });
    const token = await tokenMailed(email, "verify");
    expect(token).toHaveLength(43);
    const outcomes = await Promise.all([failure(verifyAddress(token)), failure(verifyAddress(token))]);
    expect(outcomes.filter((one) => one === null)).toHaveLength(1);
    expect(outcomes.find((one) => one)).toMatchObject({ status: 422, fields: { token: expect.any(String) } });
    expect((await getAddress(viewer)).verified).toBe(true);
    expect((await mailsTo(email))[0]!.body).toBe("");
  });

  it("is asked for again a few times an hour, and not once it is done", async () => {
    const { viewer, email } = await enter("repeater");
    for (let i = 0; i < 6; i++) await sendVerification(viewer);
    expect(await failure(sendVerification(viewer))).toMatchObject({ status: 429 });
    expect(await mailsTo(email)).toHaveLength(7);
    const done = await enter("confirmed.already");
    await verifyAddress(await tokenMailed(done.email, "verify"));
    await sendVerification(done.viewer);
    expect(await mailsTo(done.email)).toHaveLength(1);
  });

  it("takes no link that has run out, is of another kind or made up", async () => {
    const { email } = await enter("late.comer");
    const token = await tokenMailed(email, "verify");
    await db().execute(sql`update mail_tokens set expires_at = now() - interval '1 second' where email = ${email}`);
    for (const wrong of [token, "x", `${token}x`]) expect(await failure(verifyAddress(wrong))).toMatchObject({ status: 422 });
    await requestReset(email, "10.2.0.1");
    expect(await failure(verifyAddress(await tokenMailed(email, "reset")))).toMatchObject({ status: 422 });
    expect(await failure(resetPassword({ token, new_password: BETTER }))).toMatchObject({ status: 422 });
  });
});

describe("another address", () => {
  it("wants the password, is confirmed at the new one, and the old one is told", async () => {
    const { viewer, email } = await enter("mover");
    const wanted = "mover.new@example.org";
    expect(await failure(changeAddress(viewer, { email: wanted }))).toMatchObject({ status: 403, code: "step_up_required" });
    expect(await failure(changeAddress(viewer, { email: wanted, password: "Wrong-1-wrong" }))).toMatchObject({ status: 422, fields: { password: expect.any(String) } });
    expect(await failure(changeAddress(viewer, { email: email.toUpperCase(), password: GOOD }))).toMatchObject({ status: 422, fields: { email: expect.any(String) } });
    await changeAddress(viewer, { email: wanted, password: GOOD });
    expect(await getAddress(viewer)).toEqual({ email, verified: false, pending: wanted });
    expect((await mailsTo(email))[0]!.body).toContain(wanted);
    await verifyAddress(await tokenMailed(wanted, "change_email"));
    expect(await getAddress(viewer)).toEqual({ email: wanted, verified: true, pending: null });
    expect(await failure(authenticate({ login: wanted, password: GOOD }, from()))).toBeNull();
  });

  it("is nobody else's, also when they came first", async () => {
    const [a, b] = [await enter("wisher.a"), await enter("wisher.b")];
    expect(await failure(changeAddress(a.viewer, { email: b.email, password: GOOD }))).toMatchObject({ status: 409, fields: { email: expect.any(String) } });
    await changeAddress(a.viewer, { email: "wished@example.org", password: GOOD });
    await changeAddress(b.viewer, { email: "wished@example.org", password: GOOD });
    const tokens = await Promise.all([a, b].map(async ({ viewer }) => {
      const [row] = await db().execute<{ body: string }>(sql`select body from mails where user_id = ${viewer.id}::bigint and kind = 'change_email'`);
      return /token=([\w-]+)/.exec(row!.body)![1]!;
    }));
    const outcomes = await Promise.all(tokens.map((token) => failure(verifyAddress(token))));
    expect(outcomes.filter((one) => one === null)).toHaveLength(1);
    expect(outcomes.find((one) => one)).toMatchObject({ status: 409 });
  });
});

describe("a forgotten password", () => {
  it("is chosen anew by the mailed link, once, and ends every session", async () => {
    const { email, token: session } = await enter("forgetter");
    await requestReset("@Forgetter", "10.2.0.2");
    const token = await tokenMailed(email, "reset");
    expect(await failure(resetPassword({ token, new_password: "password1" }))).toMatchObject({ status: 422, fields: { new_password: expect.any(String) } });
    const outcomes = await Promise.all([failure(resetPassword({ token, new_password: BETTER })), failure(resetPassword({ token, new_password: `${BETTER}-b` }))]);
    expect(outcomes.filter((one) => one === null)).toHaveLength(1);
    expect(await viewerOfToken(session)).toBeNull();
    expect(await failure(authenticate({ login: "forgetter", password: GOOD }, from()))).toMatchObject({ status: 401 });
    expect((await mailsTo(email)).map(({ subject, body }) => [subject, body !== ""])).toEqual([["Your password was changed", true], ["Choose a new password", false], ["Confirm your address", true]]);
  });

  it("is answered alike, after the same time, whether there is such an account", async () => {
    await enter("timed.one");
    const times: Record<string, number[]> = { "timed.one": [], "nobody.timed": [] };
    for (let i = 0; i < 8; i++) {
      const login = i % 2 === 0 ? "timed.one" : "nobody.timed";
      const begun = performance.now();
      await requestReset(login, "10.2.0.3");
      times[login]!.push(performance.now() - begun);
    }
    const [known, unknown] = Object.values(times).map((list) => list.sort((a, b) => a - b)[1]!);
    expect(Math.abs(known! - unknown!)).toBeLessThan(15);
  });

  it("brings one account only so many mails, however it is named", async () => {
    const { email } = await enter("mailed.much");
    const outcomes = [];
    for (const login of ["mailed.much", email]) for (let i = 0; i < 8; i++) outcomes.push(failure(requestReset(login, "10.2.0.4")));
    expect((await Promise.all(outcomes)).filter((one) => one?.status === 429)).toHaveLength(4);
    expect((await mailsTo(email)).filter(({ kind }) => kind === "reset").length).toBe(6);
  });
});

describe("a new device", () => {
  it("is told by mail, but not the first, and each once", async () => {
    const { email } = await enter("roamer");
    const told = async () => (await mailsTo(email)).filter(({ subject }) => subject === "New sign-in").length;
    const marks = ["a", "b"].map((sign) => sign.repeat(43));
    expect(await told()).toBe(0);
    await authenticate({ login: "roamer", password: GOOD }, from("Firefox on Linux", marks[0]));
    expect(await told()).toBe(1);
    expect((await mailsTo(email))[0]!.body).toContain("Firefox on Linux");
    await authenticate({ login: "roamer", password: GOOD }, from("Firefox on Linux", marks[0]));
    expect(await told()).toBe(1);
    await Promise.all([1, 2, 3].map(() => authenticate({ login: "roamer", password: GOOD }, from("Safari on iPhone", marks[1]))));
    expect(await told()).toBe(2);
    // Others who use the same program are others.
    await enter("other.roamer");
    const [shared] = await db().execute<{ n: number }>(sql`select max(c)::int as n from (select count(*) as c from known_devices group by device_hash) x`);
    expect(shared!.n).toBe(1);
  });

  it("is thrown out by “This wasn't me”, with what was changed since", async () => {
    const { email, token: own } = await enter("victim.one");
    const thief = await issueToken(await authenticate({ login: "victim.one", password: GOOD }, from("Opera on Windows", "c".repeat(43))));
    const mailed = await tokenMailed(email, "not_me");
    const thiefsViewer = (await viewerOfToken(thief.token))!;
    await changeAddress(thiefsViewer, { email: "thief@example.org", password: GOOD });
    await verifyAddress(await tokenMailed("thief@example.org", "change_email"));
    const { resetToken } = await disown(mailed);
    for (const token of [own, thief.token]) expect(await viewerOfToken(token)).toBeNull();
    expect(await failure(authenticate({ login: "victim.one", password: GOOD }, from()))).toMatchObject({ status: 401 });
    const [row] = await db().execute<{ email: string; devices: number }>(sql`select email, (select count(*)::int from known_devices k where k.user_id = u.id) as devices from users u where username = 'victim.one'`);
    expect(row).toEqual({ email, devices: 1 });
    expect(await failure(disown(mailed))).toMatchObject({ status: 422 });
    await resetPassword({ token: resetToken, new_password: BETTER });
    expect(await failure(authenticate({ login: email, password: BETTER }, from()))).toBeNull();
  });

  it("that had only begun to change the address does not finish after it was disowned", async () => {
    const { viewer, email } = await enter("victim.two");
    await changeAddress(viewer, { email: "second.thief@example.org", password: GOOD });
    const pending = await tokenMailed("second.thief@example.org", "change_email");
    await disown(await tokenMailed(email, "not_me"));
    expect(await failure(verifyAddress(pending))).toMatchObject({ status: 422 });
  });
});

describe("changing the password", () => {
  it("is told, and takes back links that were under way only when they are disowned", async () => {
    const { viewer, email } = await enter("changer.two");
    await changePassword(viewer, { current_password: GOOD, new_password: BETTER });
    expect((await mailsTo(email))[0]!.subject).toBe("Your password was changed");
  });
});

describe("what has run out", () => {
  it("says nothing any more, and goes", async () => {
    await installJobs(jobs);
    const { email } = await enter("old.mail");
    const token = await tokenMailed(email, "verify");
    await db().execute(sql`update mails set created_at = now() - interval '25 hours' where recipient = ${email}`);
    await db().execute(sql`update mail_tokens set expires_at = now() - interval '8 days' where email = ${email}`);
    await db().execute(sql`insert into pgboss.job (name, data) values ('accounts.sweep-links', '{}')`);
    expect(await drainJobs(jobs)).toEqual(["accounts.sweep-links"]);
    expect((await mailsTo(email))[0]!.body).toBe("");
    expect(await readMailToken(token, ["verify"])).toBeNull();
    expect((await db().execute(sql`select 1 from mail_tokens where email = ${email}`)).length).toBe(0);
  });
});
