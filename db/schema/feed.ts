import { boolean, index, pgTable } from "drizzle-orm/pg-core";
import { sql } from "drizzle-orm";
import { users } from "./accounts";
import { refId } from "./columns";

/**
 * Authors who have, or once had, so many followers that their posts are not pushed into stored feeds but merged when somebody reads (DESIGN 6).
 * Few rows: whoever never came near the threshold has none, and is pushed.
 */
export const feedAuthors = pgTable(
  "feed_authors",
  {
    authorId: refId("author_id").primaryKey().references(() => users.id, { onDelete: "cascade" }),
    isPulled: boolean("is_pulled").notNull(),
    /** When it was last decided otherwise, as an id: feeds stored before an author came back to being pushed lack their posts. */
    changedId: refId("changed_id").notNull().default(sql`next_id()`),
  },
  (t) => [index("feed_authors_pulled").on(t.authorId).where(sql`is_pulled`)],
);
