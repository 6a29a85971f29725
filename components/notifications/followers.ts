import "server-only";
import type { NotificationView } from "@/lib/notifications/types";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { listUsers } from "@/lib/profiles/queries";
import type { UserView } from "@/lib/profiles/types";

/** By notification: the person who followed or accepted, where it is one, with what they and the viewer are to each other. */
export async function loadFollowers(viewer: Viewer, items: NotificationView[]): Promise<Map<string, UserView>> {
  const single = items.filter(({ kind, actor_count, actors }) => kind === "follow" && actor_count === 1 && actors.length === 1);
  const people = new Map((await listUsers(viewer, [...new Set(single.map(({ actors }) => actors[0]!.id))])).map((user) => [user.id, user]));
  return new Map(single.flatMap((item) => {
    const user = people.get(item.actors[0]!.id);
    return user ? [[item.id, user] as const] : [];
  }));
}
