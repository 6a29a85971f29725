"use client";
import { useEffect } from "react";
import { request } from "@/components/interactions/request";
import { setUnread } from "@/components/shell/unread";

/** Marks everything up to the newest notification read once it is in sight. The lines stay marked as new until one comes back. */
export function MarkRead({ upTo }: { upTo: string }) {
  useEffect(() => {
    let done = false;
    async function look() {
      if (done || document.hidden) return;
      done = true;
      const outcome = await request("POST", "/api/notifications/read", { body: { up_to: upTo } });
      if (!outcome.ok) return;
      setUnread(0);
      // A push may have put a number on the installed app's icon.
      void navigator.clearAppBadge?.().catch(() => {});
    }
    void look();
    document.addEventListener("visibilitychange", look);
    return () => {
      done = true;
      document.removeEventListener("visibilitychange", look);
    };
  }, [upTo]);
  return null;
}
