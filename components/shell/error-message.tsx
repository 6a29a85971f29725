"use client";
import { useSyncExternalStore } from "react";
import { Button } from "@/components/ui/button";
import { MessagePage } from "./message-page";

function watch(changed: () => void) {
  addEventListener("online", changed);
  addEventListener("offline", changed);
  return () => {
    removeEventListener("online", changed);
    removeEventListener("offline", changed);
  };
}

/** What a page shows when it could not be made: whether the line or the server is to blame, and a way to try again. */
export function ErrorMessage({ digest, retry }: { digest?: string; retry: () => void }) {
  const online = useSyncExternalStore(watch, () => navigator.onLine, () => true);
  return (
    <MessagePage
      kind={online ? "cloud" : "offline"}
      title={online ? "A cloud passed over" : "You are offline"}
      actions={<Button variant="primary" onClick={retry}>Try again</Button>}
      note={online && digest ? <>If it stays, tell the administrator this number: <code className="tabular">{digest}</code></> : undefined}
    >
      {online
        ? "This page could not be shown. Nothing of yours is lost; most often it works a moment later."
        : "There is no connection just now. What you have typed is still here; try again when you are back."}
    </MessagePage>
  );
}
