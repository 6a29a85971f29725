import "server-only";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import type { HiddenWordView, PrivacyView, WordScope } from "./types";

type Person = Pick<Viewer, "id">;

/** What holds for those who have changed nothing; as the columns' defaults. */
export const DEFAULTS: PrivacyView = {
  comments_from: "everyone", mentions_from: "everyone", tags_from: "everyone", messages_from: "everyone", old_follower_days: 7, approves_tags: false,
  sensitive: "cover", hides_like_counts: false, is_indexed: true, shows_activity: true, shows_seen: true, allows_reposts: true,
};

export const PRIVACY_COLUMNS = sql.raw(Object.keys(DEFAULTS).join(", "));

/** One's own wishes about others. */
export async function getPrivacy(viewer: Person): Promise<PrivacyView> {
  const [row] = await db().execute<PrivacyView>(sql`select ${PRIVACY_COLUMNS} from privacy_settings where user_id = ${viewer.id}::bigint`);
  return row ?? DEFAULTS;
}

/** Whether search engines and previews on other sites may show a person's public page and posts. */
export async function isIndexed(userId: string): Promise<boolean> {
  const [row] = await db().execute(sql`select 1 from privacy_settings where user_id = ${userId}::bigint and not is_indexed`);
  return row === undefined;
}

type WordRow = { id: string; phrase: string; in_comments: boolean; in_messages: boolean; in_posts: boolean; until: string | null; created_at: string };

export const WORD_COLUMNS = sql.raw("id, phrase, in_comments, in_messages, in_posts, until, created_at");

export function toWordView(row: WordRow): HiddenWordView {
  const scopes: [WordScope, boolean][] = [["comments", row.in_comments], ["messages", row.in_messages], ["posts", row.in_posts]];
  return {
    id: row.id, phrase: row.phrase, scopes: scopes.flatMap(([scope, on]) => (on ? [scope] : [])),
    until: row.until && new Date(row.until).toISOString(), created_at: new Date(row.created_at).toISOString(),
  };
}

/** One's own hidden words that still count, newest first. */
export async function listHiddenWords(viewer: Person): Promise<HiddenWordView[]> {
  const rows = await db().execute<WordRow>(sql`
    select ${WORD_COLUMNS} from hidden_words where user_id = ${viewer.id}::bigint and (until is null or until > now()) order by id desc`);
  return [...rows].map(toWordView);
}
