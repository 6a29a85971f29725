import { sql } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { db } from "@/db/client";
import { jobs as mediaJobs } from "@/lib/media/jobs";
import { forgetLimits } from "@/lib/platform/ratelimit/ratelimit";
import { bringPhoto } from "@/lib/testing/bring-photo";
import { makeFollow, makeUpload, makeUser } from "@/lib/testing/factories";
import { drainJobs, installJobs } from "@/lib/testing/jobs";
import { quarters } from "@/lib/testing/pictures";
import { jobs as postJobs } from "./jobs";
import { publishIfReady } from "./publish";
import { getVisiblePost, listPostsOf } from "./queries";
import { createPostSchema, type NewPost } from "./schemas";
import { createPost, deletePost, retryPost } from "./service";

const jobs = [...mediaJobs, ...postJobs];
beforeAll(() => installJobs(jobs));
beforeEach(forgetLimits);

const all = { limit: 50, cursor: null };
const input = (ids: string[], more: object = {}): NewPost => createPostSchema.parse({ media: ids.map((id) => ({ id, alt: "Quarters" })), ...more });

async function facts(userId: string) {
  const [row] = await db().execute<{ posts: number; counted: number; events: number }>(sql`
    select (select count(*)::int from posts where author_id = u.id) as posts, u.post_count as counted,
      (select count(*)::int from pgboss.job where name = 'posts.index' and data->>'postId' in (select id::text from posts where author_id = u.id)) as events
    from users u where u.id = ${userId}::bigint`);
  return row!;
}

const ready = async (ids: string[]) => {
  await db().execute(sql`update media set state = 'ready', ready_at = now() where id = any (${`{${ids.join(",")}}`}::text::bigint[])`);
};

describe("posting", () => {
  it("takes real photos from upload to the follower's eyes", async () => {
    const [ada, bob] = [await makeUser(), await makeUser()];
    await makeFollow(bob, ada);
    const photo = await quarters(600, 400).jpeg().toBuffer();
    const ids = [await bringPhoto(ada, photo), await bringPhoto(ada, photo)];
    const post = await createPost(ada, input(ids, { caption: " Four colours #Quarters @nobody \r\n", location: "The  Studio" }), null);
    expect(post).toMatchObject({ status: "processing", content_type: "carousel", caption: "Four colours #Quarters @nobody", hashtags: ["quarters"], mentions: ["nobody"], location: { name: "The Studio" }, save_count: 0 });
    expect((await listPostsOf(ada, ada.id, all)).items.map((p) => p.id)).toEqual([post.id]);
    await expect(getVisiblePost(bob, post.id)).rejects.toMatchObject({ code: "not_found" });
    expect((await listPostsOf(bob, ada.id, all)).items).toEqual([]);

    const ran = await drainJobs(jobs);
    expect(ran.filter((name) => name === "posts.publish")).toHaveLength(2);
    const seen = await getVisiblePost(bob, post.id);
    expect(seen).toMatchObject({ status: "published", is_liked: false, is_saved: false, is_edited: false, like_count: 0 });
    expect(seen).not.toHaveProperty("save_count");
    expect(seen.media.map((item) => [item.id, item.state, item.width, item.height, item.alt])).toEqual(ids.map((id) => [id, "ready", 600, 400, "Quarters"]));
    expect(seen.media[0]!.sources.map((source) => source.type)).toEqual(["image/avif", "image/webp", "image/jpeg"]);
    expect(await facts(ada.id)).toEqual({ posts: 1, counted: 1, events: 1 });
    expect([...(await db().execute(sql`select t.name, t.post_count from tags t join post_tags pt on pt.tag_id = t.id where pt.post_id = ${post.id}::bigint`))]).toEqual([{ name: "quarters", post_count: 1 }]);
  });

  it("makes one post of twenty requests with one key, and of one that comes later", async () => {
    const ada = await makeUser();
    const ids = [await makeUpload(ada), await makeUpload(ada)];
    const answers = await Promise.all(Array.from({ length: 20 }, () => createPost(ada, input(ids), "a-key")));
    answers.push(await createPost(ada, input(ids), "a-key"));
    expect(new Set(answers.map((post) => post.id)).size).toBe(1);
    expect((await facts(ada.id)).posts).toBe(1);
    // The key is the person's own.
    const bob = await makeUser();
    const other = await createPost(bob, input([await makeUpload(bob)]), "a-key");
    expect(other.id).not.toBe(answers[0]!.id);
  });

  it("gives way to the same request in another process", async () => {
    const ada = await makeUser();
    const first = await createPost(ada, input([await makeUpload(ada)]), null);
    const upload = await makeUpload(ada);
    let answer: Promise<{ id: string }> | undefined;
    await db().transaction(async (tx) => {
      await tx.execute(sql`insert into idempotency_keys (user_id, kind, key, resource_id) values (${ada.id}::bigint, 'post', 'raced', ${first.id}::bigint)`);
      answer = createPost(ada, input([upload]), "raced");
      await new Promise((resolve) => setTimeout(resolve, 300));
    });
    expect((await answer!).id).toBe(first.id);
    expect((await facts(ada.id)).posts).toBe(1);
    const [media] = await db().execute<{ post_id: string | null }>(sql`select post_id from media where id = ${upload}::bigint`);
    expect(media!.post_id).toBeNull();
  });

  it("says which photo can't be posted", async () => {
    const [ada, eve] = [await makeUser(), await makeUser()];
    const [mine, hers] = [await makeUpload(ada), await makeUpload(eve)];
    await expect(createPost(ada, input([mine, hers]), null)).rejects.toMatchObject({ code: "invalid", fields: { "media.1": expect.any(String) } });
    await expect(createPost(ada, input(["1", mine]), null)).rejects.toMatchObject({ code: "invalid", fields: { "media.0": expect.any(String) } });
    await createPost(ada, input([mine]), null);
    await expect(createPost(ada, input([mine]), null)).rejects.toMatchObject({ code: "invalid", fields: { "media.0": expect.stringContaining("already") } });
    await expect(createPost(ada, input([await makeUpload(ada, "pending")]), null)).rejects.toMatchObject({ status: 422 });
    expect((await facts(ada.id)).posts).toBe(1);
  });

  it("posts an hour as often as allowed, and a refused one costs no photo", async () => {
    const ada = await makeUser();
    for (let i = 0; i < 10; i++) await createPost(ada, input([await makeUpload(ada)]), `key-${i}`);
    const upload = await makeUpload(ada);
    await expect(createPost(ada, input([upload]), null)).rejects.toMatchObject({ code: "too_many", retryAfter: expect.any(Number) });
    expect((await createPost(ada, input([upload]), "key-3")).id).toBeTruthy();
    expect((await facts(ada.id)).posts).toBe(10);
  });
});

describe("publishing", () => {
  it("happens once, when the last photo is ready, in whatever order and however often it is said", async () => {
    const ada = await makeUser();
    const ids = await Promise.all([1, 2, 3].map(() => makeUpload(ada)));
    const post = await createPost(ada, input(ids), null);
    await ready(ids.slice(1));
    await Promise.all(ids.map(publishIfReady));
    expect((await getVisiblePost(ada, post.id)).status).toBe("processing");
    await ready(ids);
    await Promise.all([...ids, ...ids, ...ids].map(publishIfReady));
    expect((await getVisiblePost(ada, post.id)).status).toBe("published");
    expect(await facts(ada.id)).toEqual({ posts: 1, counted: 1, events: 1 });
  });

  it("does not happen to a post that was deleted meanwhile", async () => {
    const ada = await makeUser();
    const id = await makeUpload(ada);
    const post = await createPost(ada, input([id]), null);
    await deletePost(ada, post.id);
    await ready([id]);
    await publishIfReady(id);
    expect(await facts(ada.id)).toEqual({ posts: 1, counted: 0, events: 0 });
  });

  it("tells the author what is wrong with a broken photo, and tries again when asked", async () => {
    const ada = await makeUser();
    const photo = await quarters(300, 200).jpeg().toBuffer();
    const id = await bringPhoto(ada, photo);
    const post = await createPost(ada, input([id]), null);
    await db().execute(sql`update media set state = 'failed', problem = 'damaged' where id = ${id}::bigint`);
    await drainJobs(jobs);
    const { failIfBroken } = await import("./publish");
    await failIfBroken(id);
    expect(await getVisiblePost(ada, post.id)).toMatchObject({ status: "failed", problem: expect.stringContaining("damaged") });
    expect((await listPostsOf(ada, ada.id, all)).items[0]!.status).toBe("failed");
    expect((await retryPost(ada, post.id)).status).toBe("processing");
    await drainJobs(jobs);
    expect((await getVisiblePost(ada, post.id)).status).toBe("published");
    expect((await retryPost(ada, post.id)).status).toBe("published");
    await expect(retryPost(await makeUser(), post.id)).rejects.toMatchObject({ code: "not_found" });
  });
});
