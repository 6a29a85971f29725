"use client";
import { useState } from "react";
import { Dialog } from "@/components/ui/dialog";
import { SendTo } from "./send-to";

/** Sends somebody's profile into conversations. */
export function SendProfile({ userId, onClose }: { userId: string; onClose: () => void }) {
  const [hasWords, setHasWords] = useState(false);
  return (
    <Dialog open onOpenChange={onClose} guard={hasWords} title="Send profile" size="sm">
      <SendTo shared={{ kind: "profile", id: userId }} onDone={onClose} onBack={onClose} onWords={setHasWords} />
    </Dialog>
  );
}
