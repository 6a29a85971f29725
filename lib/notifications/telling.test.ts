import { sql } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { db } from "@/db/client";
import { setCommentLike } from "@/lib/comments/likes";
import { addComment } from "@/lib/comments/service";
import { block, follow, mute, restrict, unmute } from "@/lib/graph/service";
import { setRepost } from "@/lib/interactions/reposts";
import { setLike } from "@/lib/interactions/service";
import { migrateQueue } from "@/lib/platform/jobs/migrate";
import { announce } from "@/lib/platform/jobs/queue";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { hiddenWordSchema } from "@/lib/privacy/schemas";
import { hideWord } from "@/lib/privacy/service";
import { makeFollow, makePost, makeUser } from "@/lib/testing/factories";
import { runJobs } from "@/lib/testing/run-jobs";
import { jobs } from "./jobs";
import { tell } from "./notifier";
import { countUnread, listNotifications } from "./queries";
import { markRead } from "./service";
import { setChoices, setPostNotices } from "./settings";
import { topicOf } from "./topics";
import type { NotificationKind } from "./types";

const page = { limit: 50, cursor: null };
const kindsOf = async (viewer: Viewer) => (await listNotifications(viewer, page)).items.map(({ kind }) => kind).toSorted();
const run = () => runJobs(jobs, { twice: true });

type Scene = { ada: Viewer; eve: Viewer; post: string; adasComment: string; evesPost: string };

/** What Eve does so that Ada is told, kind by kind. */
const DEEDS: { [K in Exclude<NotificationKind, "milestone" | "security" | "follow_request" | "follow_accepted" | "tag_request" | "collaboration_accepted" | "collection_shared">]: (scene: Scene) => Promise<unknown> } = {
  follow: ({ ada, eve }) => follow(eve, ada.id),
  like: ({ eve, post }) => setLike(eve, post, true),
  comment: ({ eve, post }) => addComment(eve, post, { content: "What a spoiler" }, null),
  reply: ({ eve, post, adasComment }) => addComment(eve, post, { content: "A spoiler again", parent_id: adasComment }, null),
  comment_like: ({ eve, adasComment }) => setCommentLike(eve, adasComment, true),
  mention: ({ evesPost }) => db().transaction((tx) => announce(tx, "post.published", { postId: evesPost })),
  tag: async ({ ada, evesPost }) => {
    await db().execute(sql`insert into photo_tags (media_id, post_id, user_id, x, y, state) select id, post_id, ${ada.id}::bigint, 0.5, 0.5, 'shown' from media where post_id = ${evesPost}::bigint limit 1`);
    await db().transaction((tx) => announce(tx, "post.tagged", { postId: evesPost, userId: ada.id }));
  },
  collaboration: async ({ ada, evesPost }) => {
    await db().execute(sql`insert into collaborators (post_id, user_id) values (${evesPost}::bigint, ${ada.id}::bigint)`);
    await db().transaction((tx) => announce(tx, "post.collaboration", { postId: evesPost, userId: ada.id }));
  },
  repost: ({ eve, post }) => setRepost(eve, post, ""),
};
type Deed = keyof typeof DEEDS;

async function scene(): Promise<Scene> {
  const [ada, eve] = [await makeUser(), await makeUser()];
  const post = await makePost(ada);
  const adasComment = (await addComment(ada, post, { content: "By me" }, null)).id;
  const evesPost = await makePost(eve, { caption: `A spoiler with @${ada.username}` });
  await run();
  return { ada, eve, post, adasComment, evesPost };
}

/** What Ada may have done about it before, and what she is then told of nevertheless. */
const WALLS: { name: string; build: (scene: Scene) => Promise<unknown>; stillTold: (deed: Deed) => boolean }[] = [
  { name: "nothing", build: async () => {}, stillTold: () => true },
  { name: "a mute", build: ({ ada, eve }) => mute(ada, eve.id), stillTold: () => false },
  { name: "a mute of stories", build: ({ ada, eve }) => mute(ada, eve.id, { posts: false, stories: true }), stillTold: () => false },
  { name: "a hidden word", build: ({ ada }) => hideWord(ada, hiddenWordSchema.parse({ phrase: "spoiler", scopes: ["comments", "posts"] })), stillTold: (deed) => !["comment", "reply", "mention", "tag", "collaboration"].includes(deed) },
  { name: "a restriction", build: ({ ada, eve }) => restrict(ada, eve.id), stillTold: (deed) => !["comment", "reply"].includes(deed) },
  { name: "the post turned off", build: async ({ ada, post, evesPost }) => { for (const id of [post, evesPost]) await setPostNotices(ada, id, false); }, stillTold: (deed) => deed === "follow" },
  { name: "all topics off", build: ({ ada }) => setChoices(ada, { topics: { likes: { in_app: false }, comments: { in_app: false }, mentions: { in_app: false }, follows: { in_app: false }, reposts: { in_app: false } } }), stillTold: () => false },
  { name: "only people one follows", build: ({ ada }) => setChoices(ada, { topics: { likes: { from: "followed" }, comments: { from: "followed" }, mentions: { from: "followed" } } }), stillTold: (deed) => !["likes", "comments", "mentions"].includes(topicOf(deed)) },
  { name: "only people one follows, and one does", build: async ({ ada, eve }) => { await setChoices(ada, { topics: { likes: { from: "followed" }, comments: { from: "followed" }, mentions: { from: "followed" } } }); await makeFollow(ada, eve); }, stillTold: () => true },
];

describe("what one is told of by whom", () => {
  beforeAll(() => migrateQueue(jobs));

  describe.each(WALLS)("beside $name", ({ build, stillTold }) => {
    it.each(Object.keys(DEEDS) as Deed[])("%s", async (deed) => {
      const the = await scene();
      await build(the);
      await DEEDS[deed](the);
      await run();
      expect(await kindsOf(the.ada)).toEqual(stillTold(deed) ? [deed] : []);
      expect(await countUnread(the.ada)).toBe(stillTold(deed) ? 1 : 0);
    });
  });

  it.each([["a block", (ada: Viewer, eve: Viewer) => block(ada, eve.id)], ["a mute", (ada: Viewer, eve: Viewer) => mute(ada, eve.id)]] as const)("what was told goes with %s at once, before any job has run", async (_, part) => {
    const the = await scene();
    const bo = await makeUser();
    for (const who of [the.eve, bo]) await setLike(who, the.post, true);
    await DEEDS.comment(the);
    await run();
    expect(await kindsOf(the.ada)).toEqual(["comment", "like"]);
    await part(the.ada, the.eve);
    const { items } = await listNotifications(the.ada, page);
    expect(items.map(({ kind, actors, actor_count }) => [kind, actors.map(({ id }) => id), actor_count])).toEqual([["like", [bo.id], 1]]);
    expect(await countUnread(the.ada)).toBe(1);
  });

  it("a mute that is taken back shows again what was told before", async () => {
    const the = await scene();
    await DEEDS.like(the);
    await run();
    await mute(the.ada, the.eve.id);
    expect(await kindsOf(the.ada)).toEqual([]);
    await unmute(the.ada, the.eve.id);
    expect(await kindsOf(the.ada)).toEqual(["like"]);
  });

  describe("under tabs", () => {
    let ada: Viewer;
    let eve: Viewer;
    beforeEach(async () => void ([ada, eve] = [await makeUser(), await makeUser()]));

    it("stand with those of their kind, and all under one", async () => {
      const kinds: NotificationKind[] = ["follow", "follow_request", "follow_accepted", "like", "comment_like", "comment", "reply", "mention", "tag", "tag_request", "collaboration", "collaboration_accepted", "repost", "collection_shared"];
      for (const kind of kinds) await tell({ userId: ada.id, actorId: eve.id, kind, groupKey: kind, dedupeKey: kind });
      await tell({ userId: ada.id, actorId: ada.id, kind: "security", groupKey: "s", dedupeKey: "s", detail: { what: "password", device: null } });
      const under = async (show: Parameters<typeof listNotifications>[2]) => (await listNotifications(ada, page, show)).items.map(({ kind }) => kind).toSorted();
      expect(await under("all")).toEqual([...kinds, "security"].toSorted());
      expect(await under("follows")).toEqual(["follow", "follow_accepted", "follow_request"]);
      expect(await under("comments")).toEqual(["comment", "reply"]);
      expect(await under("mentions")).toEqual(["collaboration", "collaboration_accepted", "mention", "tag", "tag_request"]);
      expect(await under("likes")).toEqual(["comment_like", "like"]);
    });

    it("go on from part to part", async () => {
      for (let i = 0; i < 5; i++) {
        await tell({ userId: ada.id, actorId: eve.id, kind: "like", groupKey: `like:${i}`, dedupeKey: `like:${i}` });
        await tell({ userId: ada.id, actorId: eve.id, kind: "comment", groupKey: `comment:${i}`, dedupeKey: `comment:${i}` });
      }
      const first = await listNotifications(ada, { limit: 3, cursor: null }, "likes");
      const second = await listNotifications(ada, { limit: 3, cursor: first.nextCursor }, "likes");
      expect([first.items.length, second.items.length, second.nextCursor]).toEqual([3, 2, null]);
      expect(new Set([...first.items, ...second.items].map(({ id, kind }) => `${kind} ${id}`)).size).toBe(5);
      await markRead(ada, null);
      expect(await countUnread(ada)).toBe(0);
    });
  });
});
