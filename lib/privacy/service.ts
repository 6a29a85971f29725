import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { conflict } from "@/lib/platform/errors";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { getPrivacy, PRIVACY_COLUMNS, toWordView, WORD_COLUMNS } from "./queries";
import { daysOf, MAX_WORDS, type NewHiddenWord, type PrivacyPatch } from "./schemas";
import type { HiddenWordView, PrivacyView } from "./types";
import { foldPhrase } from "./words";

type Person = Pick<Viewer, "id">;

/** Keeps what is given; what is left out stays. */
export async function setPrivacy(viewer: Person, patch: PrivacyPatch): Promise<PrivacyView> {
  const given = Object.entries(patch).filter(([, value]) => value !== undefined);
  if (given.length === 0) return getPrivacy(viewer);
  const names = given.map(([name]) => sql.identifier(name));
  const list = (parts: SQL[]) => sql.join(parts, sql`, `);
  const [row] = await db().execute<PrivacyView>(sql`
    insert into privacy_settings (user_id, ${list(names.map((name) => sql`${name}`))}) values (${viewer.id}::bigint, ${list(given.map(([, value]) => sql`${value}`))})
    on conflict (user_id) do update set ${list(names.map((name) => sql`${name} = excluded.${name}`))}, updated_at = now()
    returning ${PRIVACY_COLUMNS}`);
  return row!;
}

/** Adds a word or phrase, or gives one that is there a new scope and time. What is written from now on is held against it. Throws conflict when there are too many. */
export async function hideWord(viewer: Person, { phrase, scopes, lasts }: NewHiddenWord): Promise<HiddenWordView> {
  const days = daysOf(lasts);
  const until = days === null ? sql`null::timestamptz` : sql`now() + make_interval(days => ${days}::int)`;
  return db().transaction(async (tx) => {
    // Two at once must not both be the last that is allowed.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('hidden words'), hashtext(${viewer.id}))`);
    await tx.execute(sql`delete from hidden_words where user_id = ${viewer.id}::bigint and until <= now()`);
    const key = foldPhrase(phrase);
    const [kept] = await tx.execute<{ others: number }>(sql`select count(*)::int as others from hidden_words where user_id = ${viewer.id}::bigint and phrase_key <> ${key}`);
    if (kept!.others >= MAX_WORDS) throw conflict(`You can hide at most ${MAX_WORDS} words. Remove one first.`);
    const [row] = await tx.execute<Parameters<typeof toWordView>[0]>(sql`
      insert into hidden_words (user_id, phrase, phrase_key, in_comments, in_messages, in_posts, until)
      values (${viewer.id}::bigint, ${phrase}, ${key}, ${scopes.includes("comments")}, ${scopes.includes("messages")}, ${scopes.includes("posts")}, ${until})
      on conflict (user_id, phrase_key) do update set phrase = excluded.phrase, in_comments = excluded.in_comments, in_messages = excluded.in_messages,
        in_posts = excluded.in_posts, until = excluded.until
      returning ${WORD_COLUMNS}`);
    return toWordView(row!);
  });
}

/** Removes a word of one's own; what is not there is gone already. */
export async function unhideWord(viewer: Person, wordId: string): Promise<void> {
  await db().execute(sql`delete from hidden_words where id = ${wordId}::bigint and user_id = ${viewer.id}::bigint`);
}
