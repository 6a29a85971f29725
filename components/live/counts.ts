"use client";
import { useEffect } from "react";
import { countKeyOf, hearChange } from "@/components/interactions/changes";
import { request } from "@/components/interactions/request";
import type { PostView, ReactionView } from "@/lib/posts/types";
import { type LiveEvents, onLive, watchedPosts, watchPost } from "./events";

/** Posts whose numbers are asked for at once when something may have been missed. */
const MOST_ASKED = 6;

/** While it is shown to somebody signed in, the numbers under a post follow what others do. */
export function useLiveCounts(postId: string, signedIn: boolean): void {
  useEffect(() => (signedIn ? watchPost(postId) : undefined), [postId, signedIn]);
}

function show({ post_id: id, like_count, comment_count, reactions, as_of }: LiveEvents["post"]): void {
  const at = Date.parse(as_of);
  hearChange(countKeyOf(`like:${id}`), like_count, at);
  hearChange(`comments:${id}`, comment_count, at);
  if (reactions) void askReactions(id);
}

async function askReactions(postId: string): Promise<void> {
  const outcome = await request<{ reactions: ReactionView[] }>("GET", `/api/posts/${postId}/reactions`);
  if (outcome.ok) hearChange(`reactions:${postId}`, outcome.data.reactions, outcome.at);
}

async function askAll(postId: string): Promise<void> {
  const outcome = await request<PostView>("GET", `/api/posts/${postId}`);
  if (!outcome.ok) return;
  const { like_count, comment_count, reactions } = outcome.data;
  show({ post_id: postId, like_count, comment_count, as_of: new Date(outcome.at).toISOString() });
  hearChange(`reactions:${postId}`, reactions, outcome.at);
}

/** A card somewhere else on a long page can wait for its next change. */
function isInSight(postId: string): boolean {
  const card = document.querySelector(`[data-item="${postId}"]`);
  if (!card) return true;
  const { top, bottom } = card.getBoundingClientRect();
  return bottom > 0 && top < window.innerHeight;
}

if (typeof window !== "undefined") {
  onLive("post", show);
  onLive("reload", () => watchedPosts().filter(isInSight).slice(0, MOST_ASKED).forEach((id) => void askAll(id)));
}
