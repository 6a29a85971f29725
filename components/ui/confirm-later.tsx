"use client";
// <ConfirmLater … />   ConfirmDialog, fetched when it is wanted; render it only then. When it cannot be fetched (offline) it says
// so and closes: through next/dynamic the failure would take the page with it.
import { type ComponentProps, type ComponentType, useEffect, useState } from "react";
import type { ConfirmDialog } from "./confirm-dialog";
import { toast } from "./toast";

type Props = ComponentProps<typeof ConfirmDialog>;

export function ConfirmLater(props: Props) {
  const [Dialog, setDialog] = useState<ComponentType<Props> | null>(null);
  const { onOpenChange } = props;
  useEffect(() => {
    let wanted = true;
    import("./confirm-dialog").then(
      (m) => wanted && setDialog(() => m.ConfirmDialog),
      () => {
        if (!wanted) return;
        toast.error("That did not work", { description: navigator.onLine ? "The server cannot be reached. Check your connection." : "You are offline." });
        onOpenChange(false);
      },
    );
    return () => void (wanted = false);
    // Once for each time it is asked for.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  return Dialog ? <Dialog {...props} /> : null;
}
