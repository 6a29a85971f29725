import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { db } from "@/db/client";
import type { AppError } from "@/lib/platform/errors";
import { Passkey } from "@/lib/testing/authenticator";
import { makeUser } from "@/lib/testing/factories";
import { failure } from "@/lib/testing/failure";
import { mailsTo, tokenMailed } from "@/lib/testing/mails";
import { disown } from "./disown";
import { partyOf } from "./passkey-ceremony";
import { proveWithPasskey, signInWithPasskey, startPasskeyProof, startPasskeySignIn } from "./passkey-sign-in";
import { addPasskey, listPasskeys, PASSKEYS_MAX, removePasskey, renamePasskey, startPasskey } from "./passkeys";
import { isRecentlyProven } from "./proof";

const party = { origin: "http://localhost:3000", id: "localhost" };
let serial = 0;
const from = () => ({ address: `10.4.0.${serial++}`, kind: "api" as const, device: "Test" });
type Viewer = Awaited<ReturnType<typeof makeUser>>;

async function add(viewer: Viewer, name = "Phone") {
  const passkey = new Passkey();
  const view = await addPasskey(viewer, party, { response: passkey.create(await startPasskey(viewer, party)), name });
  return { passkey, view };
}
const show = async (passkey: Passkey, wishes = {}) => passkey.show(await startPasskeySignIn(party), wishes);
const unprove = (viewer: Viewer) => db().execute(sql`update sessions set proven_at = to_timestamp(0) where id = ${viewer.sessionId}::bigint`);

beforeAll(() => {
  process.env.LIMIT_LOGIN_PER_MINUTE = "1000";
});

describe("passkeys", () => {
  it("are bound to the host that people know, or the one they reached", () => {
    expect(partyOf(new Headers({ host: "localhost:3000" }))).toEqual(party);
    expect(partyOf(new Headers({ host: "photos.home:3000" }))).toEqual({ origin: "http://photos.home:3000", id: "photos.home" });
    expect(partyOf(new Headers({ host: "evil\"host" }))).toEqual(party);
  });

  it("are added, listed, renamed and removed by their owner alone", async () => {
    const [ada, eve] = [await makeUser(), await makeUser()];
    const { view } = await add(ada);
    expect(await listPasskeys(ada)).toEqual([{ ...view, name: "Phone", is_backed_up: true, last_used_at: null }]);
    expect(await failure(renamePasskey(eve, view.id, "Mine"))).toMatchObject({ status: 404 });
    expect(await failure(removePasskey(eve, view.id))).toMatchObject({ status: 404 });
    expect((await renamePasskey(ada, view.id, "Old phone")).name).toBe("Old phone");
    expect((await mailsTo(`${ada.username}@example.org`))[0]!.subject).toBe("A passkey was added");
    await removePasskey(ada, view.id);
    expect(await listPasskeys(ada)).toEqual([]);
  });

  it("are added and removed only by whoever has just proved who they are", async () => {
    const ada = await makeUser();
    const { view } = await add(ada);
    await unprove(ada);
    expect(await failure(startPasskey(ada, party))).toMatchObject({ code: "step_up_required" });
    expect(await failure(removePasskey(ada, view.id))).toMatchObject({ code: "step_up_required" });
  });

  it("are believed only as an answer to our own question, once, by the one who was asked", async () => {
    const [ada, eve] = [await makeUser(), await makeUser()];
    const options = await startPasskey(ada, party);
    const refused = async (viewer: Viewer, response: object) => expect(await failure(addPasskey(viewer, party, { response: response as never, name: "x" }))).toMatchObject({ status: 422 });
    await refused(eve, new Passkey().create(options));
    await refused(ada, new Passkey().create(options, { origin: "https://evil.example" }));
    for (const broken of [{ ...options, challenge: "AAAA" }, { ...options, rp: { ...options.rp, id: "evil.example" } }]) await refused(ada, new Passkey().create(broken));
    await refused(ada, { ...new Passkey().create(await startPasskey(ada, party)), response: { clientDataJSON: "bnVsbA", attestationObject: "" } });
    const passkey = new Passkey();
    const answer = passkey.create(await startPasskey(ada, party));
    const outcomes = await Promise.all([1, 2].map(() => failure(addPasskey(ada, party, { response: answer, name: "x" }))));
    expect(outcomes.filter((one) => one === null)).toHaveLength(1);
    expect(await failure(addPasskey(ada, party, { response: passkey.create(await startPasskey(ada, party)), name: "again" }))).toMatchObject({ status: 409 });
  });

  it("are at most twenty", async () => {
    const ada = await makeUser();
    const options = await startPasskey(ada, party);
    await db().execute(sql`insert into passkeys (user_id, credential_id, public_key, name) select ${ada.id}::bigint, 'made-up-' || n, '', 'x' from generate_series(1, ${PASSKEYS_MAX}::int) n`);
    expect(await failure(addPasskey(ada, party, { response: new Passkey().create(options), name: "x" }))).toMatchObject({ status: 409 });
    expect(await failure(startPasskey(ada, party))).toMatchObject({ status: 409 });
  });
});

describe("signing in with a passkey", () => {
  it("opens the owner's account without a name, and an answer counts once", async () => {
    const ada = await makeUser();
    const { passkey } = await add(ada);
    const answer = await show(passkey);
    const outcomes = await Promise.all([1, 2].map(() => signInWithPasskey(party, answer, from()).catch((error: AppError) => error)));
    expect(outcomes.filter((one) => "userId" in one && one.userId === ada.id)).toHaveLength(1);
    expect(outcomes.find((one) => "status" in one)).toMatchObject({ status: 401 });
    expect((await listPasskeys(ada))[0]!.last_used_at).not.toBeNull();
  });

  it("refuses in the same words what is unknown, of another site, replayed or made up", async () => {
    const ada = await makeUser();
    const { passkey } = await add(ada);
    const words = new Set<string>();
    const wrong = [await new Passkey().show(await startPasskeySignIn(party)), await show(passkey, { origin: "https://evil.example" }), await show(passkey, { rpId: "evil.example" }), await show(passkey, { challenge: "AAAA" })];
    const tampered = await show(passkey);
    wrong.push({ ...tampered, response: { ...tampered.response, signature: `${tampered.response.signature.slice(0, -4)}AAAA` } });
    const foreign = await show(passkey);
    wrong.push({ ...foreign, response: { ...foreign.response, userHandle: Buffer.from("1").toString("base64url") } });
    // A proof is no sign-in.
    wrong.push(passkey.show(await startPasskeyProof(ada, party)));
    for (const answer of wrong) words.add((await failure(signInWithPasskey(party, answer, from())))!.message);
    expect(words.size).toBe(1);
    expect(await failure(signInWithPasskey(party, await show(passkey, { counter: 5 }), from()))).toBeNull();
    // A counter that goes back belongs to a copy.
    expect(await failure(signInWithPasskey(party, await show(passkey, { counter: 3 }), from()))).toMatchObject({ status: 401 });
  });

  it("counts as both factors when it recognised its owner, else asks for the second", async () => {
    const ada = await makeUser();
    const { passkey } = await add(ada);
    await db().execute(sql`update users set two_factor_at = now() where id = ${ada.id}::bigint`);
    expect(await failure(signInWithPasskey(party, await show(passkey, { verifies: false }), from()))).toMatchObject({ code: "two_factor_required" });
    expect(await failure(signInWithPasskey(party, await show(passkey), from()))).toBeNull();
  });

  it("keeps the suspended out, and what was removed", async () => {
    const ada = await makeUser();
    const { passkey, view } = await add(ada);
    await db().execute(sql`update users set suspended_at = now() where id = ${ada.id}::bigint`);
    expect(await failure(signInWithPasskey(party, await show(passkey), from()))).toMatchObject({ status: 403 });
    await db().execute(sql`update users set suspended_at = null where id = ${ada.id}::bigint`);
    await removePasskey(ada, view.id);
    expect(await failure(signInWithPasskey(party, await show(passkey), from()))).toMatchObject({ status: 401 });
  });

  it("proves who one is on this device, with one's own passkey only", async () => {
    const [ada, eve] = [await makeUser(), await makeUser()];
    const [mine, hers] = [await add(ada), await add(eve)];
    await unprove(ada);
    expect(await failure(proveWithPasskey(ada, party, hers.passkey.show(await startPasskeyProof(ada, party))))).toMatchObject({ status: 422 });
    expect(await failure(proveWithPasskey(ada, party, await show(mine.passkey)))).toMatchObject({ status: 422 });
    expect(await isRecentlyProven(ada)).toBe(false);
    await proveWithPasskey(ada, party, mine.passkey.show(await startPasskeyProof(ada, party)));
    expect(await isRecentlyProven(ada)).toBe(true);
  });

  it("ends with a passkey that its owner disowns", async () => {
    const ada = await makeUser();
    const before = await add(ada, "Before");
    await db().execute(sql`update passkeys set created_at = now() - interval '1 day' where id = ${before.view.id}::bigint`);
    const { passkey } = await add(ada, "A thief's");
    await disown(await tokenMailed(`${ada.username}@example.org`, "not_me"));
    expect(await failure(signInWithPasskey(party, await show(passkey), from()))).toMatchObject({ status: 401 });
    expect((await listPasskeys(ada)).map(({ name }) => name)).toEqual(["Before"]);
  });
});
