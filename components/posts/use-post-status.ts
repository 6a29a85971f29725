"use client";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { request } from "@/components/interactions/request";
import type { PostView } from "@/lib/posts/types";
import { progressOf } from "./progress-of";

/** `progress` in percent, while a video is being made ready. */
type State = { status: PostView["status"]; problem?: string; progress?: number };

/** Pauses between questions, ms: often at first, since most posts are ready within two seconds. */
const pause = (asked: number) => Math.min(10_000, 700 * 1.35 ** asked);

/** The state of one's own post that is being prepared; has the page drawn anew once it is published. */
export function usePostStatus(id: string, served: State): State {
  const [state, setState] = useState(served);
  const router = useRouter();
  const { status } = state;
  useEffect(() => {
    if (status !== "processing") return;
    let asked = 0;
    let timer: ReturnType<typeof setTimeout>;
    const later = () => void (timer = setTimeout(ask, pause(asked++)));
    async function ask() {
      const outcome = document.hidden ? null : await request<PostView>("GET", `/api/posts/${id}`);
      if (outcome?.ok && outcome.data.status === "processing") setState({ status: "processing", progress: progressOf(outcome.data) });
      if (!outcome?.ok || outcome.data.status === "processing") return later();
      setState({ status: outcome.data.status, problem: outcome.data.problem });
      if (outcome.data.status === "published") router.refresh();
    }
    later();
    return () => clearTimeout(timer);
  }, [status, id, router]);
  return state;
}
