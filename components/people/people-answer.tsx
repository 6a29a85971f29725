"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { request } from "@/components/interactions/request";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";

const ASKED = {
  tag: { path: "tag", what: "photo", accept: "Show me", accepted: "You are shown on the photo.", declined: "You are not shown on the photo.", again: { is_proposed: true } },
  collaboration: { path: "collaboration", what: "post", accept: "Accept", accepted: "The post is on your profile, too.", declined: "You declined.", again: { is_invited: true } },
} as const;

type Props = { postId: string; /** Whose post it is, by username. */ author: string; kind: keyof typeof ASKED; className?: string };

/** The word of somebody who was tagged, or invited to be an author of a post, too; in place. */
export function PeopleAnswer({ postId, author, kind, className }: Props) {
  const words = ASKED[kind];
  const router = useRouter();
  const [state, setState] = useState<"open" | "accept" | "decline" | "over">("open");

  async function answer(choice: "accept" | "decline") {
    setState(choice);
    const outcome = await request(choice === "accept" ? "POST" : "DELETE", `/api/posts/${postId}/${words.path}`, choice === "accept" ? { body: {} } : {});
    if (!outcome.ok && outcome.code !== "not_found") return (setState("open"), toast.error("Your answer was not taken", { description: outcome.message }));
    setState("over");
    if (outcome.ok && choice === "accept") toast.success(words.accepted);
    else if (outcome.ok) toast(words.declined, { duration: 10_000, action: { label: "Undo", onClick: () => void askAgain() } });
    else toast(`${author} no longer asks you`);
    // The question goes with what asked it.
    router.refresh();
  }

  async function askAgain() {
    const outcome = await request("POST", `/api/posts/${postId}/${words.path}`, { body: words.again });
    if (!outcome.ok) return toast.error("That was not taken back", { description: outcome.code === "not_found" ? `${author} no longer asks you.` : outcome.message });
    setState("open");
    toast.success("You can answer again");
    router.refresh();
  }

  if (state === "over") return null;
  return (
    <div className={className ?? "relative z-1 mt-1.5 flex gap-2"}>
      <Button size="sm" variant="primary" aria-label={`${words.accept}: ${words.what} by ${author}`} loading={state === "accept"} disabled={state === "decline"} onClick={() => void answer("accept")}>{words.accept}</Button>
      <Button size="sm" aria-label={`Decline: ${words.what} by ${author}`} loading={state === "decline"} disabled={state === "accept"} onClick={() => void answer("decline")}>Decline</Button>
    </div>
  );
}

/** Is no longer an author of a post. Only a new invitation could bring that back, and there is none: so it is asked for first. */
export async function leavePost(postId: string, refresh: () => void) {
  const outcome = await request("DELETE", `/api/posts/${postId}/collaboration`);
  if (!outcome.ok) return (toast.error("You are still part of the post", { description: outcome.message }), false);
  toast.success("You left the post");
  refresh();
  return true;
}

/** Takes oneself off the photos of a post. */
export async function removeMe(postId: string, refresh: () => void) {
  const outcome = await request("DELETE", `/api/posts/${postId}/tag`);
  if (!outcome.ok) return toast.error("You are still tagged", { description: outcome.message });
  toast("You are no longer shown on this post’s photos", { duration: 10_000, action: { label: "Undo", onClick: () => void putBack(postId, refresh) } });
  refresh();
}

async function putBack(postId: string, refresh: () => void) {
  const outcome = await request("POST", `/api/posts/${postId}/tag`, { body: {} });
  if (!outcome.ok) return toast.error("That was not taken back", { description: outcome.message });
  toast.success("You are shown again");
  refresh();
}
