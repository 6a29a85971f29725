// What an author does with a whole post, loaded with the first wish for it. In effect on this page at once.
import { setChange, UNCONFIRMED } from "@/components/interactions/changes";
import { request } from "@/components/interactions/request";
import { toast } from "@/components/ui/toast";

type Hooks = { /** It is gone from here. */ leave: () => void; /** Draws the page anew. */ refresh: () => void };
type Flag = "comments_enabled" | "is_sensitive" | "reposts_enabled" | "like_count_hidden";
type Pins = { pinned_ids: string[]; unpinned: string | null };

/** `at`: since when, by the server's clock. */
const gone = (postId: string, isGone: boolean, at = UNCONFIRMED) => setChange(`gone:post:${postId}`, isGone, at);

/** Long enough to change one's mind, ms. */
const THINKING_TIME = 10_000;

const DELETED = { failed: "The post was not deleted", said: "Post deleted" };
/** Of a scheduled post, which nobody has seen. */
export const CANCELLED = { failed: "The post was not cancelled", said: "Post cancelled" };

/** Its author can bring it back for 30 days. */
export async function remove(postId: string, { leave, refresh }: Hooks, { failed, said } = DELETED) {
  gone(postId, true);
  const outcome = await request("DELETE", `/api/posts/${postId}`);
  if (!outcome.ok) return (gone(postId, false), toast.error(failed, { description: outcome.message }));
  gone(postId, true, outcome.at);
  leave();
  toast(said, { description: "You can restore it for 30 days in Settings, Archive.", duration: THINKING_TIME, action: { label: "Undo", onClick: () => void restore(postId, refresh) } });
}

/** Brings a deleted post back. Returns whether it is back. */
export async function restore(postId: string, refresh: () => void): Promise<boolean> {
  const outcome = await request("POST", `/api/posts/${postId}/restore`);
  if (!outcome.ok) return (toast.error("The post was not restored", { description: outcome.message }), false);
  gone(postId, false);
  toast.success("Post restored");
  refresh();
  return true;
}

export async function archive(postId: string, { leave, refresh }: Hooks) {
  gone(postId, true);
  const outcome = await request("PATCH", `/api/posts/${postId}`, { body: { is_archived: true } });
  if (!outcome.ok) return (gone(postId, false), toast.error("The post was not archived", { description: outcome.message }));
  gone(postId, true, outcome.at);
  leave();
  toast("Post archived", { description: "Only you see it now, in Settings, Archive.", duration: THINKING_TIME, action: { label: "Undo", onClick: () => void showAgain(postId, refresh) } });
}

export async function showAgain(postId: string, refresh: () => void): Promise<boolean> {
  const outcome = await request("PATCH", `/api/posts/${postId}`, { body: { is_archived: false } });
  if (!outcome.ok) return (toast.error("The post stays archived", { description: outcome.message }), false);
  gone(postId, false);
  toast.success("The post is on your profile again");
  refresh();
  return true;
}

const FLAGS: Record<Flag, { key: string; on: string; off: string }> = {
  comments_enabled: { key: "comments-enabled", on: "Comments are on", off: "Comments are off" },
  is_sensitive: { key: "sensitive", on: "Others see it covered now", off: "It is no longer covered" },
  reposts_enabled: { key: "reposts-enabled", on: "Others can repost this post", off: "Nobody can repost this post; reposts of it are out of sight" },
  like_count_hidden: { key: "like-count-hidden", on: "Only you see how many like this post", off: "Everybody sees how many like this post" },
};

/** Puts one of a post's switches on or off. */
export async function setFlag(postId: string, flag: Flag, on: boolean) {
  const outcome = await request("PATCH", `/api/posts/${postId}`, { body: { [flag]: on } });
  if (!outcome.ok) return toast.error("That was not changed", { description: outcome.message });
  setChange(`${FLAGS[flag].key}:${postId}`, on, outcome.at);
  toast.success(on ? FLAGS[flag].on : FLAGS[flag].off, { duration: THINKING_TIME, action: { label: "Undo", onClick: () => void setFlag(postId, flag, !on) } });
}

export async function pin(postId: string, on: boolean, refresh: () => void) {
  const outcome = await request<Pins>(on ? "POST" : "DELETE", `/api/posts/${postId}/pin`);
  if (!outcome.ok) return toast.error(on ? "The post was not pinned" : "The post stays pinned", { description: outcome.message });
  setChange(`pinned:${postId}`, on, outcome.at);
  const { unpinned, pinned_ids } = outcome.data;
  if (unpinned) setChange(`pinned:${unpinned}`, false, outcome.at);
  refresh();
  if (!unpinned) return toast.success(on ? "Pinned to your profile" : "No longer pinned");
  const before = [...pinned_ids.filter((id) => id !== postId), unpinned];
  toast("Pinned to your profile", { description: "The one that was pinned longest made room: three stand there at most.", duration: THINKING_TIME, action: { label: "Undo", onClick: () => void setPins(before, postId, unpinned, refresh) } });
}

async function setPins(ids: string[], taken: string, back: string, refresh: () => void) {
  const outcome = await request("PUT", "/api/me/pins", { body: { post_ids: ids } });
  if (!outcome.ok) return toast.error("That was not taken back", { description: outcome.message });
  setChange(`pinned:${taken}`, false, outcome.at);
  setChange(`pinned:${back}`, true, outcome.at);
  toast.success("Taken back");
  refresh();
}

/** Moves a pinned post one place up among those at the top of the profile. */
export async function movePinUp(postId: string, username: string, refresh: () => void) {
  const now = await request<{ posts: { id: string }[] }>("GET", `/api/users/@${username}/pinned`);
  if (!now.ok) return toast.error("The order was not changed", { description: now.message });
  const ids = now.data.posts.map((post) => post.id);
  const at = ids.indexOf(postId);
  if (at < 1) return toast(at < 0 ? "It is no longer pinned" : "It is the first already");
  ids.splice(at - 1, 0, ...ids.splice(at, 1));
  const outcome = await request("PUT", "/api/me/pins", { body: { post_ids: ids } });
  if (!outcome.ok) return toast.error("The order was not changed", { description: outcome.message });
  toast.success("Moved");
  refresh();
}
