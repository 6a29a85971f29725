import { type SQL, sql } from "drizzle-orm";
import { highest, lowest } from "@/db/prepared";

/** SQL: the post `p` whose id is the expression `id`, which is known to lie in `[from, to)`. */
export const postWithin = (id: string, from: SQL, below: SQL): SQL => onePost(sql`posts.id = ${sql.raw(id)} and posts.id >= ${from} and posts.id < ${below}`);

/**
 * SQL: `from` the posts `p` of `list`, an argument of a prepared statement that is a list of ids as Postgres writes it. Between the ends of the list Postgres
 * knows before it begins in which months to look, and opens no others.
 */
export const postsListed = (list: string): SQL =>
  sql`unnest(${list}::text::bigint[]) as w(id) cross join ${onePost(sql`posts.id = w.id and posts.id between ${lowest(list)}::bigint and ${highest(list)}::bigint`)}`;

/** SQL: the post `p` whose id is the expression `id` of the query around. */
export const postAt = (id: string): SQL => onePost(sql`posts.id = ${sql.raw(id)}`);

// `offset 0`: one look by the key for each id, whatever a plan for any values thinks of the range; and what else is asked of the post is made ready once, not for every month.
const onePost = (which: SQL): SQL => sql`lateral (select * from posts where ${which} offset 0) p`;
