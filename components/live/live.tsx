"use client";
import { useEffect } from "react";
import { hasWaiting } from "@/components/messages/outbox-flag";

type Props = { personId: string; /** The moment at which the page was made, as a position in the stream of events. */ position: string };

/** Has the page hear of what happens while it is open; from when it stands on, so that nothing of it waits for that. */
export function Live({ personId, position }: Props) {
  useEffect(() => {
    let isWanted = true;
    let leave: (() => string) | undefined;
    let from = position;
    async function go() {
      // Offline the code cannot be had; the next page will.
      const tabs = await import("./tabs").catch(() => null);
      if (isWanted && tabs) leave = tabs.goLive({ personId, position: from });
    }
    // What was written offline goes also when its conversation is not open.
    const send = () => void (hasWaiting(personId) && import("@/components/messages/outbox").then((m) => m.outboxOf(personId)).catch(() => {}));
    const begin = () => void (isWanted && !leave && go());
    const pause = () => {
      from = leave?.() ?? from;
      leave = undefined;
    };
    // A page that comes back out of the browser's memory goes on.
    const back = (event: PageTransitionEvent) => event.persisted && begin();
    const cancel = whenIdle(() => (begin(), send()));
    window.addEventListener("online", send);
    window.addEventListener("pagehide", pause);
    window.addEventListener("pageshow", back);
    return () => {
      isWanted = false;
      cancel();
      pause();
      window.removeEventListener("online", send);
      window.removeEventListener("pagehide", pause);
      window.removeEventListener("pageshow", back);
    };
    // Later renders of the layout do not begin again: what is heard goes on from where it was.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [personId]);
  return null;
}

/** Safari knows no idle callbacks. */
function whenIdle(work: () => void): () => void {
  if (typeof requestIdleCallback !== "function") {
    const timer = setTimeout(work, 300);
    return () => clearTimeout(timer);
  }
  const id = requestIdleCallback(work, { timeout: 1_500 });
  return () => cancelIdleCallback(id);
}
