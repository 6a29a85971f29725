import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { listNotifications } from "../queries";
import type { NotificationKind, NotificationView } from "../types";

type Row = { id: string; username: string; full_name: string; role: Viewer["role"]; is_private: boolean; avatar_media_id: string | null; avatar_version: string | null };

/** A person as the viewer of what is sent to them; null when they are gone, rest or are suspended. */
export async function readRecipient(userId: string): Promise<Viewer | null> {
  const [row] = await db().execute<Row>(sql`
    select id, username, full_name, role, is_private, avatar_media_id, avatar_version from users
    where id = ${userId}::bigint and deleted_at is null and deactivated_at is null and suspended_at is null`);
  // No session of theirs is used: being sent something is no visit.
  return row ? { id: row.id, username: row.username, fullName: row.full_name, role: row.role, isPrivate: row.is_private, sessionId: "0", avatarMediaId: row.avatar_media_id, avatarVersion: row.avatar_version } : null;
}

export type Group = { user_id: string; kind: NotificationKind; latest_id: string };

/** A group that its person has not read yet. */
export async function readUnread(notificationId: string): Promise<Group | null> {
  const [row] = await db().execute<Group>(sql`
    select n.user_id, n.kind, n.latest_id from notifications n join users u on u.id = n.user_id where n.id = ${notificationId}::bigint and n.latest_id > u.notifications_read_id`);
  return row ?? null;
}

/** There is somebody or something left to tell of. */
export const isShowable = ({ actors, milestone, security }: NotificationView): boolean => actors.length > 0 || milestone !== null || security !== null;

/** The group as the page would show it to this person now, by the page's own query; null when it would not. */
export async function readShown(viewer: Viewer, notificationId: string, { latest_id }: Group): Promise<NotificationView | null> {
  const { items } = await listNotifications(viewer, { cursor: String(BigInt(latest_id) + 1n), limit: 1 });
  const [item] = items;
  return item && item.id === notificationId && !item.is_read && isShowable(item) ? item : null;
}
