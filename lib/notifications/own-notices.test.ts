import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { db } from "@/db/client";
import { changePassword } from "@/lib/accounts/service";
import { hashPassword } from "@/lib/accounts/password-hash";
import { follow, unfollow } from "@/lib/graph/service";
import { setLike } from "@/lib/interactions/service";
import { registry } from "@/lib/jobs";
import { migrateQueue } from "@/lib/platform/jobs/migrate";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { foldCounts } from "@/lib/posts/counts";
import { deletePost, restorePost } from "@/lib/posts/service";
import { makePost, makeUser } from "@/lib/testing/factories";
import { runJobs } from "@/lib/testing/run-jobs";
import { jobs } from "./jobs";
import { tellMilestone } from "./milestones";
import { countUnread, listNotifications } from "./queries";
import { setChoices } from "./settings";

const own = async (viewer: Viewer) => (await listNotifications(viewer, { limit: 50, cursor: null })).items.filter(({ kind }) => kind === "milestone" || kind === "security");
const run = async () => {
  await foldCounts();
  await runJobs(jobs, { twice: true });
};

describe("milestones", () => {
  beforeAll(() => migrateQueue(registry));

  it("are told when a post has ten likes, once ever", async () => {
    const ada = await makeUser();
    const post = await makePost(ada);
    const people = await Promise.all(Array.from({ length: 11 }, () => makeUser()));
    for (const person of people.slice(0, 9)) await setLike(person, post, true);
    await run();
    expect(await own(ada)).toEqual([]);
    await setLike(people[9]!, post, true);
    await run();
    const [told, ...more] = await own(ada);
    expect(more).toEqual([]);
    expect(told).toMatchObject({ kind: "milestone", actors: [], actor_count: 0, milestone: { of: "likes", count: 10 }, security: null, post: { id: post } });
    await setLike(people[9]!, post, false);
    await run();
    for (const person of people.slice(9)) await setLike(person, post, true);
    await run();
    expect(await own(ada)).toHaveLength(1);
    // Nor again when the post was away.
    await deletePost(ada, post);
    await run();
    expect(await own(ada)).toEqual([]);
    await restorePost(ada, post);
    await run();
    await setLike(people[0]!, post, false);
    await setLike(people[0]!, post, true);
    await run();
    expect(await own(ada)).toEqual([]);
  });

  it("count followers, too", async () => {
    const ada = await makeUser();
    const people = await Promise.all(Array.from({ length: 10 }, () => makeUser()));
    for (const person of people) await follow(person, ada.id);
    await run();
    expect((await own(ada)).map(({ milestone }) => milestone)).toEqual([{ of: "followers", count: 10 }]);
    await unfollow(people[0]!, ada.id);
    await follow(people[0]!, ada.id);
    await run();
    expect(await own(ada)).toHaveLength(1);
  });

  it("of a leap the highest only, two at once once, and not to whom they are off", async () => {
    const [ada, bo] = [await makeUser(), await makeUser()];
    await Promise.all([1, 2, 3].map(() => tellMilestone({ userId: ada.id, of: "followers", count: 1_234 })));
    await tellMilestone({ userId: ada.id, of: "followers", count: 150 });
    expect((await own(ada)).map(({ milestone }) => milestone?.count)).toEqual([1_000]);
    expect(await countUnread(ada)).toBe(1);
    await setChoices(bo, { topics: { milestones: { in_app: false } } });
    await tellMilestone({ userId: bo.id, of: "followers", count: 10 });
    await setChoices(bo, { topics: { milestones: { in_app: true } } });
    await tellMilestone({ userId: bo.id, of: "followers", count: 11 });
    expect(await own(bo)).toEqual([]);
  });
});

describe("security notices", () => {
  beforeAll(() => migrateQueue(registry));

  it("are told beside the mail, each by itself", async () => {
    const ada = await makeUser({ passwordHash: await hashPassword("quiet-harbour-42") });
    const change = async (from: string, to: string) => {
      await changePassword(ada, { current_password: from, new_password: to });
      await run();
    };
    await change("quiet-harbour-42", "quiet-harbour-lantern-43");
    await change("quiet-harbour-lantern-43", "quiet-harbour-lantern-44");
    const told = await own(ada);
    expect(told).toHaveLength(2);
    for (const one of told) expect(one).toMatchObject({ kind: "security", security: { what: "password", device: null }, actors: [], actor_count: 0, post: null });
    expect(await countUnread(ada)).toBe(2);
    expect((await db().execute(sql`select 1 from mails where user_id = ${ada.id}::bigint and kind = 'not_me'`)).length).toBe(2);
  });
});
