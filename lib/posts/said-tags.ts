import "server-only";
import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { COUNTED } from "@/lib/platform/visibility/comments";
import { extractText, MAX_HASHTAGS } from "./text";

/** Comments looked through for tags: far more than thirty tags need, and a bound for who talks much under their own post. */
const LOOKED_AT = 300;

const authorsOf = (post: SQL, first = sql`select p.author_id from posts p where p.id = ${post}`): SQL => sql`(${first} union all select a.user_id from collaborators a where a.post_id = ${post} and a.state = 'accepted')`;
const hasSign = (comment: string): SQL => sql.raw(`${comment}.content ~ '[#＃﹟]'`);

/**
 * The tags under which a locked post is found: those of its caption, then those of what its authors said under it, oldest first, as many as a caption may
 * have. Others' comments bear none: else anybody could drag a post under a tag (decision 0051).
 */
export async function listSaidTags(tx: Transaction, postId: string, { author_id: authorId, caption }: { author_id: string; caption: string }): Promise<string[]> {
  const tags = new Set(extractText(caption).hashtags);
  if (tags.size >= MAX_HASHTAGS) return [...tags];
  const comments = await tx.execute<{ content: string }>(sql`
    select c.content from comments c
    where c.post_id = ${postId}::bigint and c.user_id in ${authorsOf(sql`${postId}::bigint`, sql`select ${authorId}::bigint`)} and ${sql.raw(COUNTED)} and ${hasSign("c")} order by c.id limit ${LOOKED_AT}`);
  for (const { content } of comments) for (const tag of extractText(content).hashtags) tags.add(tag);
  return [...tags].slice(0, MAX_HASHTAGS);
}

/** SQL: what became of the comment `c` may have changed the tags of its post: it is one of the authors', or stands above one. What was edited may have had some. */
export const movesTags: SQL = sql`((c.user_id in ${authorsOf(sql`c.post_id`)} and (${hasSign("c")} or c.edited_at is not null)) or exists (
  select 1 from comments k where k.post_id = c.post_id and k.user_id in ${authorsOf(sql`c.post_id`)} and k.parent_id = c.id and k.deleted_at is null and k.state = 'shown' and ${hasSign("k")}))`;

/** The posts of which these comments may bear tags, before they are removed for good. */
export async function listTaggedBy(tx: Transaction, commentIds: readonly string[]): Promise<string[]> {
  const rows = await tx.execute<{ post_id: string }>(sql`
    select distinct c.post_id from comments c where c.id = any (${`{${commentIds.join(",")}}`}::text::bigint[]) and c.deleted_at is null and ${movesTags}`);
  return [...rows].map((row) => row.post_id);
}
