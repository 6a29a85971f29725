import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { cache } from "react";
import { db } from "@/db/client";
import { prepared } from "@/db/prepared";
import { NAME_HELD_DAYS } from "@/lib/accounts/taken";
import { usernameKey } from "@/lib/accounts/username";
import { type PersonRow, personColumns, toUserView } from "@/lib/graph/people";
import { discounted, listUncounted } from "@/lib/graph/uncounted";
import { notFound } from "@/lib/platform/errors";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { accountVisible } from "@/lib/platform/visibility/visibility";
import { lastActive } from "./activity";
import { avatarUrl } from "./avatar-url";
import { parseUserRef } from "./schemas";
import type { ProfileView, SelfView, UserSummary, UserView } from "./types";

/**
 * A person by id or `@username` (also a name given up), once per request. Throws not_found, also for whom the viewer may
 * not see.
 */
export const getProfile = cache(async (viewer: Viewer | null, idOrAtUsername: string): Promise<ProfileView> => {
  const ref = parseUserRef(idOrAtUsername);
  const me = viewer?.id ?? null;
  const [row] = ref ? await readUsers(me, [await idOf(ref)], true) : [];
  if (!row) throw notFound();
  return { ...row.user, last_active_at: row.active_at && new Date(row.active_at).toISOString() };
});

const readName = prepared<{ id: string; username: string }, "key">("whose name", (arg) => sql`
  select id, username from users where username_key = ${arg("key")}
  union all
  select u.id, u.username from username_history h join users u on u.id = h.user_id
  where h.username_key = ${arg("key")} and h.created_at > now() - make_interval(days => ${sql.raw(String(NAME_HELD_DAYS))})
    and not exists (select 1 from users where username_key = ${arg("key")})
  limit 1`);

/** Whose name this is or was until lately, and what they are called now. Says nothing of who may see them. */
export const resolveUsername = cache(async (name: string): Promise<{ id: string; username: string } | null> => {
  const key = usernameKey(name.normalize("NFC"));
  const [row] = await readName({ key });
  return row ?? null;
});

/** The id behind `:id` of an address (numeric or `@username`), of which nothing is said but that it may be somebody's. Throws not_found when it is neither. */
export async function resolveUserId(idOrAtUsername: string): Promise<string> {
  const ref = parseUserRef(idOrAtUsername);
  if (!ref) throw notFound();
  return idOf(ref);
}

/** Nobody has it. A name that is nobody's goes the whole way with it, so that an answer takes as long as for somebody who is not to be seen. */
const NOBODY = "0";
const idOf = async (ref: NonNullable<ReturnType<typeof parseUserRef>>) => ("id" in ref ? ref.id : ((await resolveUsername(ref.username))?.id ?? NOBODY));

/** People in the order of `ids`, without those the viewer may not see. */
export async function listUsers(viewer: Viewer | null, ids: readonly string[]): Promise<UserView[]> {
  if (ids.length === 0) return [];
  const byId = new Map((await readUsers(viewer?.id ?? null, ids)).map(({ user }) => [user.id, user]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

type Row = PersonRow & { active_at: string | null };

/** The people `ids` that the viewer may see; `activeAt`: when the person `u` was there last. Each is looked up by itself, whatever the planner thinks of a list it cannot see. */
const people = (viewer: string | null, ids: string, activeAt: SQL = sql`null::timestamptz`): SQL => sql`
  select ${personColumns(viewer)}, ${activeAt} as active_at from unnest(${ids}::text::bigint[]) as a(id) cross join lateral (select * from users where id = a.id offset 0) u where ${accountVisible(viewer)}`;

const readPerson = prepared<Row, "viewer" | "ids">("a person", (arg) => people(arg("viewer"), arg("ids"), lastActive(arg("viewer"))));
const readPeople = prepared<Row, "viewer" | "ids">("people", (arg) => people(arg("viewer"), arg("ids")));
const readAsVisitor = prepared<Row, "ids">("people signed out", (arg) => people(null, arg("ids")));

/** `isAlone`: with when they were there last. */
async function readUsers(me: string | null, userIds: readonly string[], isAlone = false): Promise<{ user: UserView; active_at: string | null }[]> {
  const ids = `{${userIds.join(",")}}`;
  const [rows, uncounted] = await Promise.all([me === null ? readAsVisitor({ ids }) : (isAlone ? readPerson : readPeople)({ viewer: me, ids }), listUncounted(me, userIds)]);
  return rows.map((row) => ({ active_at: row.active_at, user: discounted(toUserView(row, me), uncounted) }));
}

type SummaryRow = { id: string; username: string; full_name: string; is_verified: boolean; avatar_media_id: string | null; avatar_version: string | null };

const readSummaries = prepared<SummaryRow, "ids">("facts beside people's names", (arg) => sql`
  select u.id, u.username, u.full_name, u.is_verified, u.avatar_media_id, u.avatar_version from unnest(${arg("ids")}::text::bigint[]) as a(id) cross join lateral (select * from users where id = a.id offset 0) u`);

/** The few facts shown beside a post or comment, for people of whom it is already decided that the viewer may see them. */
export async function listSummaries(_viewer: Viewer | null, ids: readonly string[]): Promise<Map<string, UserSummary>> {
  if (ids.length === 0) return new Map();
  const rows = await readSummaries({ ids: `{${ids.join(",")}}` });
  return new Map(rows.map(({ avatar_media_id, avatar_version, ...row }) => [
    row.id, { ...row, avatar_url: avatarUrl({ avatarMediaId: avatar_media_id, avatarVersion: avatar_version }) },
  ]));
}

/** The viewer as they see themselves, with what nobody else is shown. */
export async function getSelf(viewer: Pick<Viewer, "id">): Promise<SelfView> {
  const [row] = await db().execute<PersonRow & Pick<SelfView, "email" | "email_verified" | "role">>(sql`
    select ${personColumns(viewer.id)}, u.email, u.email_verified_at is not null as email_verified, u.role from users u where u.id = ${viewer.id}::bigint`);
  if (!row) throw notFound();
  return { ...toUserView(row, viewer.id), email: row.email, email_verified: row.email_verified, role: row.role };
}
