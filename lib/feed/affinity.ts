import "server-only";
import { prepared } from "@/db/prepared";
import { sql } from "drizzle-orm";

/** What the reader did with the posts of an author. `affinity` weighs each kind and halves every month. */
export type Affinity = { authorId: string; interactions: number; affinity: number };
export type Attachment = { authors: Affinity[]; /** Likes among the last ones that went to videos, and all of them. */ videoLikes: number; likes: number };

// The newest of each kind are enough: what is older hardly counts.
const read = prepared<{ author_id: string; interactions: number; affinity: number; video_likes: number; likes: number }, "viewer">("affinities", (arg) => sql`
  with marks as materialized (
    (select post_id, id, 1.0 as weight, 1 as liked from likes where user_id = ${arg("viewer")}::bigint order by id desc limit 200)
    union all (select post_id, id, 2.0, 0 from saves where user_id = ${arg("viewer")}::bigint order by id desc limit 60)
    union all (select post_id, id, 2.0, 0 from comments where user_id = ${arg("viewer")}::bigint and deleted_at is null order by id desc limit 100))
  select p.author_id, count(*)::int as interactions,
    sum(m.weight * power(0.5, greatest(0, extract(epoch from now() - id_time(m.id)) / 86400.0) / 30.0))::float8 as affinity,
    sum(m.liked) filter (where p.content_type = 'video')::int as video_likes, sum(m.liked)::int as likes
  from marks m join posts p on p.id = m.post_id where p.author_id <> ${arg("viewer")}::bigint
  group by p.author_id order by affinity desc`);

/** Whose posts the reader likes, comments on and saves, dearest first. One statement over their newest few hundred. */
export async function readAttachment(viewer: string): Promise<Attachment> {
  const rows = await read({ viewer });
  return {
    authors: rows.map((row) => ({ authorId: row.author_id, interactions: row.interactions, affinity: row.affinity })),
    videoLikes: rows.reduce((sum, row) => sum + (row.video_likes ?? 0), 0),
    likes: rows.reduce((sum, row) => sum + row.likes, 0),
  };
}
