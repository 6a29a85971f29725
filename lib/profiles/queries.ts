import "server-only";
import { sql } from "drizzle-orm";
import { cache } from "react";
import { db } from "@/db/client";
import { NAME_HELD_DAYS } from "@/lib/accounts/taken";
import { usernameKey } from "@/lib/accounts/username";
import { type PersonRow, personColumns, toUserView } from "@/lib/graph/people";
import { notFound } from "@/lib/platform/errors";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { accountVisible } from "@/lib/platform/visibility/visibility";
import { avatarUrl } from "./avatar-url";
import { parseUserRef } from "./schemas";
import type { SelfView, UserSummary, UserView } from "./types";

/**
 * A person by id or `@username` (also a name given up), once per request. Throws not_found, also for whom the viewer may
 * not see.
 */
export const getProfile = cache(async (viewer: Viewer | null, idOrAtUsername: string): Promise<UserView> => {
  const ref = parseUserRef(idOrAtUsername);
  const id = ref === null ? null : "id" in ref ? ref.id : (await resolveUsername(ref.username))?.id;
  const [user] = id ? await listUsers(viewer, [id]) : [];
  if (!user) throw notFound();
  return user;
});

/** Whose name this is or was until lately, and what they are called now. Says nothing of who may see them. */
export const resolveUsername = cache(async (name: string): Promise<{ id: string; username: string } | null> => {
  const key = usernameKey(name.normalize("NFC"));
  const [row] = await db().execute<{ id: string; username: string }>(sql`
    select id, username from users where username_key = ${key}
    union all
    select u.id, u.username from username_history h join users u on u.id = h.user_id
    where h.username_key = ${key} and h.created_at > now() - make_interval(days => ${NAME_HELD_DAYS})
      and not exists (select 1 from users where username_key = ${key})
    limit 1`);
  return row ?? null;
});

/** The id behind `:id` of an address (numeric or `@username`). Throws not_found when it can be nobody's. */
export async function resolveUserId(idOrAtUsername: string): Promise<string> {
  const ref = parseUserRef(idOrAtUsername);
  const id = ref === null ? null : "id" in ref ? ref.id : (await resolveUsername(ref.username))?.id;
  if (!id) throw notFound();
  return id;
}

/** People in the order of `ids`, without those the viewer may not see. */
export async function listUsers(viewer: Viewer | null, ids: readonly string[]): Promise<UserView[]> {
  if (ids.length === 0) return [];
  const me = viewer?.id ?? null;
  const rows = await db().execute<PersonRow>(sql`select ${personColumns(me)} from users u where u.id in (${idList(ids)}) and ${accountVisible(me)}`);
  const byId = new Map([...rows].map((row) => [row.id, toUserView(row, me)]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

type SummaryRow = { id: string; username: string; full_name: string; is_verified: boolean; avatar_media_id: string | null; avatar_version: string | null };

/** The few facts shown beside a post or comment, for people of whom it is already decided that the viewer may see them. */
export async function listSummaries(_viewer: Viewer | null, ids: readonly string[]): Promise<Map<string, UserSummary>> {
  if (ids.length === 0) return new Map();
  const rows = await db().execute<SummaryRow>(sql`
    select id, username, full_name, is_verified, avatar_media_id, avatar_version from users where id in (${idList(ids)})`);
  return new Map([...rows].map(({ avatar_media_id, avatar_version, ...row }) => [
    row.id, { ...row, avatar_url: avatarUrl({ avatarMediaId: avatar_media_id, avatarVersion: avatar_version }) },
  ]));
}

const idList = (ids: readonly string[]) => sql.join(ids.map((id) => sql`${id}::bigint`), sql`, `);

/** The viewer as they see themselves, with what nobody else is shown. */
export async function getSelf(viewer: Pick<Viewer, "id">): Promise<SelfView> {
  const [row] = await db().execute<PersonRow & { email: string; role: SelfView["role"] }>(sql`
    select ${personColumns(viewer.id)}, u.email, u.role from users u where u.id = ${viewer.id}::bigint`);
  if (!row) throw notFound();
  return { ...toUserView(row, viewer.id), email: row.email, role: row.role };
}
