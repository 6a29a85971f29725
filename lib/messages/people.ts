import { type SQL, sql } from "drizzle-orm";
import { accountVisible } from "@/lib/platform/visibility/visibility";
import { avatarUrl } from "@/lib/profiles/avatar-url";
import type { UserSummary } from "@/lib/profiles/types";

export type SummaryRow = { id: string; username: string; full_name: string; is_verified: boolean; avatar_media_id: string | null; avatar_version: string | null };

/** Stands for who is gone, or is not there for the viewer; its username is empty. */
export const NOBODY: UserSummary = { id: "0", username: "", full_name: "Somebody who is not here", avatar_url: null, is_verified: false };

/** SQL: the person `alias` (users) packed, null when they are not there for the viewer. */
export const packedPerson = (viewer: SQL | string, alias: string): SQL => sql`case when ${accountVisible(viewer as string, alias)} then json_build_object('id', ${sql.raw(alias)}.id::text, 'username', ${sql.raw(alias)}.username, 'full_name', ${sql.raw(alias)}.full_name,
  'is_verified', ${sql.raw(alias)}.is_verified, 'avatar_media_id', ${sql.raw(alias)}.avatar_media_id::text, 'avatar_version', ${sql.raw(alias)}.avatar_version) end`;

export const toSummary = (row: SummaryRow | null): UserSummary =>
  row === null ? NOBODY : { id: row.id, username: row.username, full_name: row.full_name, is_verified: row.is_verified, avatar_url: avatarUrl({ avatarMediaId: row.avatar_media_id, avatarVersion: row.avatar_version }) };
