import { bigint, index, pgTable, text } from "drizzle-orm/pg-core";
import { sql } from "drizzle-orm";
import { createdAt } from "./columns";

/**
 * Rankings of the explore page as they were at a moment, so that pages of one visit fit together while likes come and
 * go. Made when somebody looks, kept for some hours. Derived: emptying the table loses nothing but places in lists.
 */
export const exploreSnapshots = pgTable(
  "explore_snapshots",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    /** Ids of posts, best first, as text: a whole ranking is read at once. */
    postIds: text("post_ids").array().notNull().default(sql`'{}'`),
    createdAt: createdAt(),
  },
  (t) => [index("explore_snapshots_created").on(t.createdAt)],
);
