import type { PostView } from "@/lib/posts/types";

/** For whom a post is to be. */
export type ChosenAudience = { audience: PostView["audience"]; circleIds: string[] };

/** For whom a post is, as far as the viewer is told. */
export type ShownAudience = Pick<PostView, "audience" | "circles" | "for_close_friends">;

const MOST_NAMED = 2;

/** The few words beside a post: to its author for whom it is, to others only that it is not for many. Null when there is nothing to say. */
export function audienceText({ audience, circles, for_close_friends }: ShownAudience, isOwn: boolean): string | null {
  if (audience === "everyone") return null;
  if (!isOwn) return audience === "followers" ? null : for_close_friends ? "Close friends" : "A circle";
  if (audience === "followers") return "Followers";
  const names = (circles ?? []).map((circle) => circle.name);
  if (names.length === 0) return "Only you";
  const more = names.length - MOST_NAMED;
  return more > 0 ? `${names.slice(0, MOST_NAMED).join(", ")} and ${more} more` : names.join(", ");
}
