import { sql } from "drizzle-orm";
import { Secret, TOTP } from "otpauth";
import { beforeAll, describe, expect, it } from "vitest";
import { db } from "@/db/client";
import { viewerOfToken } from "@/lib/platform/viewer/bearer";
import { failure } from "@/lib/testing/failure";
import { mailsTo } from "@/lib/testing/mails";
import { stepOf } from "./codes";
import { isRecentlyProven, requireRecentProof } from "./proof";
import { registerSchema } from "./schemas";
import { returnToAccount } from "./return";
import { passSecondStep } from "./second-step";
import { authenticate, changePassword, deleteAccount, register } from "./service";
import { issueToken } from "./sessions";
import { confirmTwoFactor, disableTwoFactor, getTwoFactor, renewRecoveryCodes, startTwoFactor } from "./two-factor";

const GOOD = "Sunlit-Harbour-42";
let serial = 0;
const from = (kind: "api" | "browser" = "api") => ({ address: `10.3.0.${serial++}`, kind, device: "Test" });
/** The app's code, `halfMinutes` from now. */
const codeOf = (secret: string, halfMinutes = 0) => new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + halfMinutes * 30_000 });
const logIn = (username: string, kind?: "browser") => authenticate({ login: username, password: GOOD }, from(kind));
const challengeFor = async (username: string) => (await failure(logIn(username)))!.challenge!;

async function enter(username: string) {
  const session = await register(registerSchema.parse({ username, email: `${username}@example.org`, password: GOOD }), from());
  return (await viewerOfToken((await issueToken(session)).token))!;
}

/** Somebody with two-step sign-in, whose code of this half minute is still good. */
async function enterTwice(username: string) {
  const viewer = await enter(username);
  const { secret } = await startTwoFactor(viewer, { password: GOOD });
  const codes = await confirmTwoFactor(viewer, codeOf(secret));
  await db().execute(sql`update totp_secrets set used_step = used_step - 1 where user_id = ${viewer.id}::bigint`);
  return { viewer, secret, codes };
}

beforeAll(() => {
  Object.assign(process.env, { LIMIT_LOGIN_PER_MINUTE: "1000", LIMIT_SIGNUP_PER_HOUR: "1000", LIMIT_CODES_PER_HOUR: "30" });
});

describe("setting two-step sign-in up", () => {
  it("is in force once a code confirms it, and gives ten codes once", async () => {
    const viewer = await enter("setter");
    expect(await failure(startTwoFactor(viewer))).toMatchObject({ status: 403, code: "step_up_required" });
    const setup = await startTwoFactor(viewer, { password: GOOD });
    expect(setup.uri).toMatch(/^otpauth:\/\/totp\/Heliograph:setter.*secret=[A-Z2-7]{32}/);
    expect(await startTwoFactor(viewer)).toEqual(setup);
    expect(await failure(logIn("setter"))).toBeNull();
    expect(await failure(confirmTwoFactor(viewer, "000000"))).toMatchObject({ status: 422, fields: { code: expect.any(String) } });
    const code = codeOf(setup.secret);
    const outcomes = await Promise.all([confirmTwoFactor(viewer, `${code.slice(0, 3)} ${code.slice(3)}`), failure(confirmTwoFactor(viewer, code))]);
    expect(outcomes[0]).toHaveLength(10);
    expect(outcomes[1]).toMatchObject({ status: 409 });
    expect(await getTwoFactor(viewer)).toEqual({ enabled: true, recovery_codes_left: 10 });
    expect((await mailsTo("setter@example.org"))[0]!.subject).toBe("Two-step sign-in is on");
    expect(await failure(startTwoFactor(viewer))).toMatchObject({ status: 409 });
  });

  it("keeps neither secret nor codes in clear", async () => {
    const { viewer, secret, codes } = await enterTwice("sealed.one");
    const [row] = await db().execute<{ secret: string; hashes: string }>(sql`
      select secret, (select string_agg(code_hash, ' ') from recovery_codes r where r.user_id = t.user_id) as hashes from totp_secrets t where user_id = ${viewer.id}::bigint`);
    expect(row!.secret).not.toContain(secret);
    for (const code of codes) expect(row!.hashes).not.toContain(code.replace("-", ""));
    // Of another person, the same sealed secret opens nothing.
    const { viewer: other } = await enterTwice("sealed.two");
    await db().execute(sql`update totp_secrets set secret = ${row!.secret} where user_id = ${other.id}::bigint`);
    expect(await failure(passSecondStep({ challenge: await challengeFor("sealed.two"), code: codeOf(secret, 1) }, from()))).toMatchObject({ status: 422 });
  });

  it("takes codes of half a minute before and after, and no others", () => {
    const secret = new Secret({ size: 20 }).base32;
    expect([-2, -1, 0, 1, 2].map((at) => stepOf(secret, codeOf(secret, at)) !== null)).toEqual([false, true, true, true, false]);
    for (const wrong of ["", "12345", "1234567", "abcdef", "１２３４５６"]) expect(stepOf(secret, wrong)).toBeNull();
  });
});

describe("signing in by two steps", () => {
  it("asks for a code after the right password only, and a code is good once", async () => {
    const { secret } = await enterTwice("stepper");
    expect(await failure(authenticate({ login: "stepper", password: "Wrong-1-wrong" }, from()))).toMatchObject({ status: 401, code: "unauthenticated" });
    const first = await failure(logIn("stepper"));
    expect(first).toMatchObject({ status: 401, code: "two_factor_required", challenge: expect.stringMatching(/^[\w-]{43}$/) });
    const code = codeOf(secret);
    const [one, two] = [await challengeFor("stepper"), await challengeFor("stepper")];
    const outcomes = await Promise.all([failure(passSecondStep({ challenge: one, code }, from())), failure(passSecondStep({ challenge: two, code }, from()))]);
    expect(outcomes.filter((outcome) => outcome === null)).toHaveLength(1);
    expect(outcomes.find((outcome) => outcome)).toMatchObject({ status: 422 });
    const [used, open] = outcomes[0] === null ? [one, two] : [two, one];
    // Nor is one that came before it, and a challenge that was used.
    expect(await failure(passSecondStep({ challenge: open, code: codeOf(secret, -1) }, from()))).toMatchObject({ status: 422 });
    expect(await failure(passSecondStep({ challenge: used, code: codeOf(secret, 1) }, from()))).toMatchObject({ status: 401 });
  });

  it("takes each recovery code once, however it is written", async () => {
    const { viewer, codes } = await enterTwice("recoverer");
    const written = codes[0]!.toUpperCase().replace("-", " ");
    const session = await passSecondStep({ challenge: await challengeFor("recoverer"), code: written }, from());
    expect(session.userId).toBe(viewer.id);
    expect(await failure(passSecondStep({ challenge: await challengeFor("recoverer"), code: codes[0]! }, from()))).toMatchObject({ status: 422 });
    expect((await getTwoFactor(viewer)).recovery_codes_left).toBe(9);
    const fresh = await renewRecoveryCodes(viewer, { password: GOOD });
    expect(await failure(passSecondStep({ challenge: await challengeFor("recoverer"), code: codes[1]! }, from()))).toMatchObject({ status: 422 });
    expect(await failure(passSecondStep({ challenge: await challengeFor("recoverer"), code: fresh[1]! }, from()))).toBeNull();
  });

  it("lets nobody try for long", async () => {
    const { secret } = await enterTwice("guessed.code");
    const challenge = await challengeFor("guessed.code");
    for (let i = 0; i < 5; i++) expect(await failure(passSecondStep({ challenge, code: "000000" }, from()))).toMatchObject({ status: 422 });
    expect(await failure(passSecondStep({ challenge, code: codeOf(secret) }, from()))).toMatchObject({ status: 401 });
    const late = await challengeFor("guessed.code");
    await db().execute(sql`update auth_challenges set expires_at = now() - interval '1 second' where kind = 'second_step'`);
    expect(await failure(passSecondStep({ challenge: late, code: codeOf(secret) }, from()))).toMatchObject({ status: 401 });
    const outcomes = [];
    for (let i = 0; i < 8; i++) {
      const one = await challengeFor("guessed.code");
      for (let j = 0; j < 5; j++) outcomes.push(await failure(passSecondStep({ challenge: one, code: "000000" }, from())));
    }
    expect(outcomes.at(-1)).toMatchObject({ status: 429 });
  });

  it("does not go on from a password that was changed in between", async () => {
    const { viewer, secret } = await enterTwice("between");
    const challenge = await challengeFor("between");
    await changePassword(viewer, { current_password: GOOD, new_password: "Quiet-Meadow-77" });
    expect(await failure(passSecondStep({ challenge, code: codeOf(secret) }, from()))).toMatchObject({ status: 401 });
  });

  it("brings back whoever had deleted their account lately", async () => {
    const { viewer, secret, codes } = await enterTwice("returner");
    // The password alone is one step of the two.
    expect(await failure(deleteAccount(viewer, GOOD))).toMatchObject({ status: 422, fields: { code: expect.any(String) } });
    expect(await failure(deleteAccount(viewer, GOOD, "000000"))).toMatchObject({ status: 422, fields: { code: expect.any(String) } });
    expect(await failure(deleteAccount(viewer, "Wrong-1-wrong", codes[0]))).toMatchObject({ status: 422, fields: { password: expect.any(String) } });
    expect(await db().execute(sql`select 1 from users where id = ${viewer.id}::bigint and deleted_at is not null`)).toHaveLength(0);
    await deleteAccount(viewer, GOOD, codes[0]);
    const asked = (await failure(passSecondStep({ challenge: await challengeFor("returner"), code: codeOf(secret) }, from()))) as { code: string; challenge: string };
    expect(asked).toMatchObject({ status: 403, code: "account_deleted" });
    const session = await returnToAccount(asked.challenge, from());
    expect(await viewerOfToken((await issueToken(session)).token)).toMatchObject({ id: viewer.id });
  });

  it("is turned off with a proof, by a code too", async () => {
    const { viewer, secret } = await enterTwice("turner");
    await db().execute(sql`update sessions set proven_at = now() - interval '16 minutes' where user_id = ${viewer.id}::bigint`);
    expect(await failure(disableTwoFactor(viewer))).toMatchObject({ code: "step_up_required" });
    expect(await failure(disableTwoFactor(viewer, { code: "000000" }))).toMatchObject({ status: 422, fields: { code: expect.any(String) } });
    await disableTwoFactor(viewer, { code: codeOf(secret) });
    await disableTwoFactor(viewer);
    expect(await failure(logIn("turner"))).toBeNull();
    expect(await getTwoFactor(viewer)).toEqual({ enabled: false, recovery_codes_left: 0 });
  });
});

describe("a proof of who one is", () => {
  it("holds for 15 minutes, in a browser from signing in, for programs only once it is given", async () => {
    const viewer = await enter("prover");
    expect(await isRecentlyProven(viewer)).toBe(false);
    const session = await logIn("prover", "browser");
    const browser = (await viewerOfToken((await issueToken(session)).token))!;
    await requireRecentProof(browser);
    await db().execute(sql`update sessions set proven_at = now() - interval '16 minutes' where id = ${browser.sessionId}::bigint`);
    expect(await failure(requireRecentProof(browser))).toMatchObject({ status: 403, code: "step_up_required" });
    expect(await failure(requireRecentProof(browser, { password: "Wrong-1-wrong" }))).toMatchObject({ status: 422 });
    await requireRecentProof(browser, { password: GOOD });
    await requireRecentProof(browser);
    // On that device alone.
    expect(await isRecentlyProven(viewer)).toBe(false);
  });
});
