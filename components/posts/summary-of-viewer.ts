import "server-only";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { avatarUrl } from "@/lib/profiles/avatar-url";
import type { UserSummary } from "@/lib/profiles/types";

/** The viewer as others see them beside a comment; for what is shown before the server has answered. */
export function summaryOfViewer(viewer: Viewer): UserSummary {
  return { id: viewer.id, username: viewer.username, full_name: viewer.fullName, avatar_url: avatarUrl(viewer), is_verified: false };
}
