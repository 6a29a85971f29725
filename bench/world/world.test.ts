import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { checkInvariants } from "@/lib/platform/doctor/invariants";
import { extractText } from "@/lib/posts/text";
import { partitionOf } from "./ids";
import { loadWorld } from "./load";
import { SIZES, sizeOf } from "./sizes";
import { fansOf, makeWorld } from "./world";

const UNTIL = Math.floor(Date.now() / 60_000) * 60_000 - 60_000;
const size = sizeOf(500);

describe("a generated world", () => {
  beforeAll(async () => {
    await loadWorld({ url: process.env.DATABASE_URL!, size, seed: 7, until: UNTIL, say: () => {} });
  });
  afterAll(async () => {
    await db().execute(sql`truncate users, tags, places cascade`);
  });

  it("keeps the invariants of the design", async () => {
    const broken = (await checkInvariants()).filter((finding) => !finding.ok);
    expect(broken).toEqual([]);
  });

  it("is about as large as it was to be", async () => {
    const [row] = await db().execute<Record<string, string>>(sql`select (select count(*) from users) as people, (select count(*) from posts) as posts, (select count(*) from follows) as follows,
      (select count(*) from likes) as likes, (select count(*) from comments) as comments, (select count(*) from post_tags) as tagged, (select count(*) from notifications) as notices, (select count(*) from blocks) as blocks, (select count(*) from mutes) as mutes`);
    expect(Number(row!.people)).toBe(size.people);
    expect(Number(row!.posts)).toBe(size.posts);
    for (const name of ["follows", "likes"] as const) {
      expect(Number(row![name]) / size[name]).toBeGreaterThan(0.75);
      expect(Number(row![name]) / size[name]).toBeLessThan(1.1);
    }
    expect(Number(row!.comments) / Number(row!.likes)).toBeCloseTo(0.1, 1);
    for (const name of ["tagged", "notices", "blocks", "mutes"]) expect(Number(row![name])).toBeGreaterThan(0);
  });

  it("lets things happen in their order", async () => {
    const wrong = await db().execute(sql`
      select 'like' as what, l.id from likes l join posts p on p.id = l.post_id join users u on u.id = l.user_id where l.created_at <= p.created_at or l.created_at > u.last_active_at or id_time(l.id) <> l.created_at
      union all select 'comment', c.id from comments c join posts p on p.id = c.post_id where c.created_at <= p.created_at
      union all select 'reply', c.id from comments c join comments above on above.id = c.parent_id where c.created_at <= above.created_at or above.parent_id is not null or above.post_id <> c.post_id
      union all select 'post', p.id from posts p join users u on u.id = p.author_id where p.created_at < u.created_at or id_time(p.id) <> p.created_at
      union all select 'follow', f.id from follows f join users a on a.id = f.follower_id join users b on b.id = f.followee_id where f.created_at < greatest(a.created_at, b.created_at)`);
    expect([...wrong]).toEqual([]);
  });

  it("has captions that say the tags of their posts", async () => {
    const rows = await db().execute<{ caption: string; tags: string[] }>(sql`
      select p.caption, array_agg(t.name order by t.name) as tags from posts p join post_tags pt on pt.post_id = p.id join tags t on t.id = pt.tag_id group by p.id, p.caption limit 200`);
    for (const { caption, tags } of rows) expect(extractText(caption).hashtags.toSorted()).toEqual(tags);
  });

  it("lets people like mostly those whom they follow, and what they care for", async () => {
    const [row] = await db().execute<{ share: number }>(sql`
      select avg((exists (select 1 from follows f where f.follower_id = l.user_id and f.followee_id = p.author_id))::int)::float8 as share from likes l join posts p on p.id = l.post_id`);
    expect(row!.share).toBeGreaterThan(0.6);
  });

  it("puts every row of a hash partition where Postgres looks for it", async () => {
    const ids = Array.from({ length: 200 }, (_, n) => BigInt(n) * 98_765_432_123_457n);
    const rows = await db().execute<{ id: string; remainder: number }>(sql`
      select id, (select r from generate_series(0, 15) r where satisfies_hash_partition('likes'::regclass, 16, r, id)) as remainder from unnest(${`{${ids.join(",")}}`}::text::bigint[]) as w(id)`);
    for (const { id, remainder } of rows) expect(partitionOf(Number(BigInt(id) >> 32n), Number(BigInt(id) & 0xffffffffn), 16)).toBe(remainder);
  });
});

describe("the shape of a world", () => {
  const middle = { ...SIZES["10k"]!, people: 4_000, posts: 20_000, follows: 200_000, likes: 100_000 };
  const world = makeWorld(middle, 7, UNTIL);

  it("is the same for the same seed, and another for another", () => {
    const print = (seed: number) => {
      const { graph, posts } = makeWorld(size, seed, UNTIL);
      return createHash("sha1").update(graph.followee).update(graph.follower).update(posts.at).update(posts.author).update(posts.likes).digest("hex");
    };
    expect(print(7)).toBe(print(7));
    expect(print(8)).not.toBe(print(7));
  });

  it("has followers by a power law: few with very many, most with some dozens", () => {
    const counts = Array.from({ length: middle.people }, (_, i) => fansOf(world, i)).toSorted((a, b) => b - a);
    const median = counts[middle.people / 2]!;
    expect(median).toBeGreaterThan(10);
    expect(median).toBeLessThan(45);
    expect(counts[0]! / median).toBeGreaterThan(20);
    // Between the hundredth and the tenth of all, log of followers falls with log of place by about one.
    const slope = Math.log(counts[40]! / counts[400]!) / Math.log((400 + 15) / (40 + 15));
    expect(slope).toBeGreaterThan(0.6);
    expect(slope).toBeLessThan(1.2);
  });

  it("has communities: friends of friends know each other", () => {
    const { graph } = world;
    const follows = new Set<number>();
    for (let e = 0; e < graph.count; e++) follows.add(graph.follower[e]! * middle.people + graph.followee[e]!);
    let [mutual, closed, open] = [0, 0, 0];
    for (let e = 0; e < graph.count; e += 7) {
      const [a, b] = [graph.follower[e]!, graph.followee[e]!];
      if (follows.has(b * middle.people + a)) mutual++;
      const c = graph.followee[graph.from[b]! + (e % Math.max(1, graph.from[b + 1]! - graph.from[b]!))]!;
      if (follows.has(a * middle.people + c)) closed++;
      else open++;
    }
    expect(mutual / (graph.count / 7)).toBeGreaterThan(0.15);
    // By chance alone it would be the density of the graph.
    expect(closed / (closed + open)).toBeGreaterThan((3 * graph.count) / middle.people ** 2);
  });

  it("has days and nights, and more posts at its end than at its beginning", () => {
    const { at } = world.posts;
    const byHour = new Float64Array(24);
    at.forEach((ms) => byHour[new Date(ms).getUTCHours()]!++);
    expect(Math.max(...byHour) / Math.min(...byHour)).toBeGreaterThan(2);
    const half = (world.span.posts + world.span.until) / 2;
    expect(at.filter((ms) => ms > half).length).toBeGreaterThan(at.length * 0.52);
    expect(at.every((ms, p) => p === 0 || ms >= at[p - 1]!)).toBe(true);
  });
});
