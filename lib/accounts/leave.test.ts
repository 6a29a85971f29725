import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { db } from "@/db/client";
import { listFeedIds } from "@/lib/feed/queries";
import { TOP } from "@/lib/feed/skeleton";
import { listFollowers } from "@/lib/graph/queries";
import { registry } from "@/lib/jobs";
import { checkInvariants } from "@/lib/platform/doctor/invariants";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { viewerOfToken } from "@/lib/platform/viewer/bearer";
import { getProfile } from "@/lib/profiles/queries";
import { tokenOf } from "@/lib/testing/api";
import { makeFollow, makePost, makeUser } from "@/lib/testing/factories";
import { failure } from "@/lib/testing/failure";
import { drainJobs, installJobs } from "@/lib/testing/jobs";
import { mailsTo } from "@/lib/testing/mails";
import { deactivateAccount, deleteAccount } from "./leave";
import { hashPassword } from "./password-hash";
import { readReturn, returnToAccount } from "./return";
import { authenticate } from "./service";

const PASSWORD = "Sunlit-Harbour-42";
const origin = { address: "192.0.2.1", kind: "api", device: "" } as const;
const logIn = ({ username }: { username: string }) => authenticate({ login: username, password: PASSWORD }, origin);
let passwordHash: string;

async function makePair(): Promise<{ ada: Viewer; fan: Viewer; post: string }> {
  const [ada, fan] = [await makeUser({ passwordHash }), await makeUser()];
  await makeFollow(fan, ada);
  return { ada, fan, post: await makePost(ada) };
}

beforeAll(async () => {
  Object.assign(process.env, { LIMIT_LOGIN_PER_MINUTE: "1000" });
  passwordHash = await hashPassword(PASSWORD);
  await installJobs(registry);
});

describe.each([["deactivated", deactivateAccount], ["deleted", (viewer: Viewer) => deleteAccount(viewer, PASSWORD)]] as const)("an account that is %s", (kind, leave) => {
  it("is nowhere at once, and all there again afterwards", async () => {
    const { ada, fan, post } = await makePair();
    const token = await tokenOf(ada);
    expect(await listFeedIds(fan.id, TOP, 10)).toEqual([post]);
    await Promise.all([leave(ada, { password: PASSWORD } as never), leave(ada, { password: PASSWORD } as never)]);
    expect(await viewerOfToken(token)).toBeNull();
    expect(await failure(getProfile(fan, ada.id))).toMatchObject({ status: 404 });
    expect(await listFeedIds(fan.id, TOP, 10)).toEqual([]);
    expect((await listFollowers(fan, fan.id, { limit: 10, cursor: null })).items).toEqual([]);
    await drainJobs(registry);
    // Built anew while she is away, and anew when she is back.
    const other = await makeUser();
    await makeFollow(other, ada);
    expect(await listFeedIds(other.id, TOP, 10)).toEqual([]);
    if (kind === "deactivated") await logIn(ada);
    else await returnToAccount((await failure(logIn(ada)))!.challenge!, origin);
    await drainJobs(registry);
    for (const reader of [fan, other]) expect(await listFeedIds(reader.id, TOP, 10)).toEqual([post]);
    expect(await getProfile(fan, ada.id)).toMatchObject({ follower_count: 2, post_count: 1 });
    expect((await checkInvariants()).filter(({ ok }) => !ok)).toEqual([]);
  });
});

describe("changing one's mind", () => {
  it("has to be said, once, and in time", async () => {
    const { ada } = await makePair();
    await deleteAccount(ada, PASSWORD);
    expect(await mailsTo(`${ada.username}@example.org`)).toMatchObject([{ kind: "farewell", subject: "Your account will be deleted", body: expect.stringContaining("goes for good") }]);
    const asked = (await failure(logIn(ada)))!;
    expect(asked).toMatchObject({ status: 403, code: "account_deleted", message: expect.stringMatching(/on \d+ \w+ \d{4}/) });
    // Signing in alone changes nothing.
    expect(await db().execute(sql`select 1 from users where id = ${ada.id}::bigint and deleted_at is not null`)).toHaveLength(1);
    expect(await readReturn(asked.challenge!)).toMatchObject({ username: ada.username });
    expect(await failure(returnToAccount("nonsense", origin))).toMatchObject({ status: 401 });
    const ends = await Promise.all([failure(returnToAccount(asked.challenge!, origin)), failure(returnToAccount(asked.challenge!, origin))]);
    expect(ends.map((end) => end?.status ?? null).toSorted()).toEqual([401, null]);
    expect(await readReturn(asked.challenge!)).toBeNull();
  });

  it("is too late after 30 days, also for whoever was asked before", async () => {
    const { ada } = await makePair();
    await deleteAccount(ada, PASSWORD);
    const { challenge } = (await failure(logIn(ada)))!;
    await db().execute(sql`update users set deleted_at = now() - interval '30 days 1 second' where id = ${ada.id}::bigint`);
    expect(await failure(returnToAccount(challenge!, origin))).toMatchObject({ status: 401 });
    expect(await failure(logIn(ada))).toMatchObject({ status: 401, code: "unauthenticated" });
  });

  it("does not open a suspended account", async () => {
    const { ada } = await makePair();
    await deleteAccount(ada, PASSWORD);
    const { challenge } = (await failure(logIn(ada)))!;
    await db().execute(sql`update users set suspended_at = now() where id = ${ada.id}::bigint`);
    expect(await failure(returnToAccount(challenge!, origin))).toMatchObject({ status: 401 });
    expect(await failure(logIn(ada))).toMatchObject({ status: 403, code: "forbidden" });
  });

  it("wants a proof before a break, too", async () => {
    const { ada } = await makePair();
    await db().execute(sql`update sessions set proven_at = now() - interval '1 hour' where user_id = ${ada.id}::bigint`);
    expect(await failure(deactivateAccount(ada))).toMatchObject({ code: "step_up_required" });
    expect(await failure(deactivateAccount(ada, { password: "wrong" }))).toMatchObject({ status: 422 });
  });
});
