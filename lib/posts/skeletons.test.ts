import { sql } from "drizzle-orm";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { db, readClient } from "@/db/client";
import { setAvatar } from "@/lib/accounts/avatar";
import { addComment } from "@/lib/comments/service";
import { getHomeFeed } from "@/lib/feed/queries";
import { block, follow, unblock, unfollow } from "@/lib/graph/service";
import { removeRepost, setLike, setReaction, setRepost, setSaved } from "@/lib/interactions/service";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { setPrivacy } from "@/lib/privacy/service";
import { updateProfile } from "@/lib/profiles/service";
import { makeCast, makeFollow, makePost, makeUser } from "@/lib/testing/factories";
import { acceptCollaboration } from "./collaborators";
import { editPost } from "./edit";
import { hydratePosts } from "./hydrate";
import { writePosts } from "./json";
import { removeTag } from "./people";
import { setPinned } from "./pins";
import { getVisiblePost } from "./queries";
import { deletePost } from "./remove";
import { editPostSchema } from "./schemas";
import { forgetSkeletons, knownSkeleton, withoutSkeletons } from "./skeletons";

process.env.LIMIT_REPOSTS_PER_HOUR = "100000";

beforeEach(forgetSkeletons);
afterEach(() => vi.restoreAllMocks());

/** Nothing tells the cache of a write: so what is written here stands for what another server writes. */
describe("what is kept of posts", () => {
  it("never shows in any answer, whatever is written, and whoever asks", async () => {
    const { owner, follower, stranger, blocked } = await makeCast({ isPrivate: false });
    const viewers: (Viewer | null)[] = [owner, follower, stranger, blocked, null];
    const ids = [await makePost(owner, { caption: "#one" }), await makePost(owner, { photos: 2 }), await makePost(owner, { audience: "followers" }), await makePost(owner, { likeCountHidden: true })];
    for (const id of ids) await db().execute(sql`update media set variants = variants || '[{"name":"320","ext":"webp","width":320,"height":320,"bytes":1}]'::jsonb where post_id = ${id}::bigint`);
    const [photo] = await db().execute<{ id: string }>(sql`select id from media where post_id = ${ids[0]!}::bigint`);
    const raw = (text: ReturnType<typeof sql>) => async () => void (await db().execute(text));
    let n = 0;
    const tag = async (id: string, tags: { username: string; x: number; y: number }[]) => editPost(owner, id, editPostSchema.parse({ media: (await getVisiblePost(owner, id)).media.map((item, at) => (at === 0 ? { id: item.id, tags } : { id: item.id })) }));
    const writes: Record<string, (id: string) => Promise<unknown>> = {
      like: (id) => setLike(follower, id, true), unlike: (id) => setLike(follower, id, false), save: (id) => setSaved(follower, id, true),
      comment: (id) => addComment(follower, id, { content: `words ${n++}`, parent_id: null } as never, null),
      caption: (id) => editPost(owner, id, { caption: `words ${n++} #tag` }), hideLikes: (id) => editPost(owner, id, { like_count_hidden: n++ % 2 === 0 }),
      audience: (id) => editPost(owner, id, { audience: n++ % 2 === 0 ? "followers" : "everyone" }), archive: (id) => editPost(owner, id, { is_archived: n++ % 2 === 0 }),
      react: (id) => setReaction(follower, id, "🔥", true), reactNoMore: (id) => setReaction(follower, id, "🔥", false), repost: (id) => setRepost(stranger, id, ""), repostNoMore: (id) => removeRepost(stranger, id),
      reposts: (id) => editPost(owner, id, { reposts_enabled: n++ % 2 === 0 }), letRepost: () => setPrivacy(owner, { allows_reposts: n++ % 2 === 0 }),
      index: raw(sql`insert into privacy_settings (user_id, is_indexed) values (${owner.id}::bigint, false) on conflict (user_id) do update set is_indexed = not privacy_settings.is_indexed`),
      sensitive: (id) => editPost(owner, id, { is_sensitive: n++ % 2 === 0 }),
      place: (id) => editPost(owner, id, { location: { name: `Place ${n++}`, latitude: null, longitude: null } }), comments: (id) => editPost(owner, id, { comments_enabled: n++ % 2 === 0 }),
      private: () => updateProfile(owner, { is_private: true }), public: () => updateProfile(owner, { is_private: false }), name: () => updateProfile(owner, { full_name: `Name ${n++}` }),
      avatar: () => setAvatar(owner, n++ % 2 === 0 ? null : { mediaId: photo!.id, version: `v${n}` }),
      unfollow: () => unfollow(follower, owner.id), follow: () => follow(follower, owner.id),
      block: () => block(owner, stranger.id), unblock: () => unblock(owner, stranger.id),
      suspend: raw(sql`update users set suspended_at = now() where id = ${owner.id}::bigint`), restore: raw(sql`update users set suspended_at = null where id = ${owner.id}::bigint`),
      verify: raw(sql`update users set is_verified = not is_verified where id = ${owner.id}::bigint`),
      hold: (id) => raw(sql`update posts set status = 'held' where id = ${id}::bigint`)(), release: (id) => raw(sql`update posts set status = 'published' where id = ${id}::bigint`)(),
      remove: (id) => raw(sql`update posts set deleted_at = now() where id = ${id}::bigint`)(), bringBack: (id) => raw(sql`update posts set deleted_at = null where id = ${id}::bigint`)(),
      pin: (id) => setPinned(owner, id, n++ % 2 === 0), tag: (id) => tag(id, n++ % 3 === 0 ? [] : [{ username: follower.username, x: 0.5, y: 0.5 }]), untag: (id) => removeTag(follower, id),
      together: (id) => editPost(owner, id, { collaborators: [stranger.username] }).then((post) => (n++ % 2 === 0 ? acceptCollaboration(stranger, id) : post)), alone: (id) => editPost(owner, id, { collaborators: [] }),
    };
    /** The four posts as at the beginning: owner and follower see all of them, a stranger and a visitor those for everyone. */
    const begin = async () => {
      await db().execute(sql`update users set suspended_at = null, is_private = false where id = ${owner.id}::bigint`);
      await db().execute(sql`update posts set status = 'published', deleted_at = null, archived_at = null, audience = case when id = ${ids[2]!}::bigint then 'followers' else 'everyone' end where author_id = ${owner.id}::bigint`);
      await db().execute(sql`delete from collaborators where post_id = any (${`{${ids.join(",")}}`}::text::bigint[])`);
      await unblock(owner, stranger.id);
      await unfollow(follower, owner.id);
      await follow(follower, owner.id);
    };
    const compare = async (write: string) => {
      let answered = 0;
      for (const viewer of viewers) {
        const [kept, anew] = [await hydratePosts(viewer, ids), await withoutSkeletons(() => hydratePosts(viewer, ids))];
        expect({ write, who: viewer?.username, posts: kept }).toEqual({ write, who: viewer?.username, posts: anew });
        expect((JSON.parse(writePosts(kept, { n: 1 }).json) as { posts: unknown }).posts).toEqual(JSON.parse(JSON.stringify(anew)));
        answered += kept.length;
      }
      return answered;
    };
    const step = fc.record({ write: fc.constantFrom(...Object.keys(writes)), post: fc.nat(ids.length - 1) });
    await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 10 }), async (steps) => {
      await begin();
      expect(await compare("nothing")).toBe(4 + 4 + 3 + 0 + 3);
      for (const { write, post } of steps) {
        await writes[write]!(ids[post]!).catch(refused);
        await compare(write);
        const [feed, anew] = [await getHomeFeed(follower, { limit: 20, cursor: null }), await withoutSkeletons(() => getHomeFeed(follower, { limit: 20, cursor: null }))];
        expect(feed).toEqual(anew);
      }
    }), { numRuns: 12 });
    expect(ids.every((id) => knownSkeleton(id))).toBe(true);
  }, 120_000);

  it("is read once for all who miss it at the same moment", async () => {
    const author = await makeUser();
    const id = await makePost(author);
    const readers = await Promise.all(Array.from({ length: 8 }, () => makeUser()));
    const statements = vi.spyOn(readClient(), "unsafe");
    const answers = await Promise.all(readers.map((reader) => hydratePosts(reader, [id])));
    expect(answers.flat().map((post) => post.id)).toEqual(readers.map(() => id));
    // One for each reader's own question, and two for what lasts.
    expect(statements).toHaveBeenCalledTimes(readers.length + 2);
  });

  it("is left at once by a deleted post, and by its new version", async () => {
    const [author, reader] = [await makeUser(), await makeUser()];
    await makeFollow(reader, author);
    const id = await makePost(author, { caption: "before" });
    const feed = async () => (await getHomeFeed(reader, { limit: 20, cursor: null })).items.map((post) => post.caption);
    expect([await feed(), await feed()]).toEqual([["before"], ["before"]]);
    await editPost(author, id, { caption: "after" });
    expect(await feed()).toEqual(["after"]);
    await deletePost(author, id);
    expect(await feed()).toEqual([]);
  });

  it("is not kept while something of it is still to come", async () => {
    const author = await makeUser();
    const id = await makePost(author, { status: "processing" });
    await hydratePosts(author, [id]);
    expect(knownSkeleton(id)).toBeUndefined();
  });
});

/** What is refused changes nothing; anything else is a mistake of this test. */
function refused(error: unknown): void {
  if ((error as { name?: string }).name !== "AppError") throw error;
}
