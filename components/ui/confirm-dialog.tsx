"use client";
// Asks before something that cannot be undone.
//   <ConfirmDialog open={asking} onOpenChange={setAsking} title="Delete this post?" confirm="Delete" danger onConfirm={remove}>
//     It disappears for everyone. You can restore it for 30 days.
//   </ConfirmDialog>
// It stays open and busy until onConfirm's promise settles, closes when it resolves, and stays when it rejects or gives false.
// Load it only when wanted: dynamic(() => import("@/components/ui/confirm-dialog").then((m) => m.ConfirmDialog)).
import * as Radix from "@radix-ui/react-alert-dialog";
import { type ReactNode, useState } from "react";
import { Button } from "./button";
import { scrimClass } from "./dialog";
import { useReturnFocus } from "./return-focus";

type Props = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  children?: ReactNode;
  confirm: string;
  cancel?: string;
  danger?: boolean;
  onConfirm: () => unknown;
};

export function ConfirmDialog({ open, onOpenChange, title, children, confirm, cancel = "Cancel", danger, onConfirm }: Props) {
  const [busy, setBusy] = useState(false);
  const focus = useReturnFocus(open);
  async function run() {
    setBusy(true);
    try {
      if ((await onConfirm()) !== false) onOpenChange(false);
    } finally {
      setBusy(false);
    }
  }
  return (
    <Radix.Root open={open} onOpenChange={(next) => busy || onOpenChange(next)}>
      <Radix.Portal>
        <Radix.Overlay className={scrimClass} />
        <Radix.Content
          {...focus}
          {...(children ? {} : { "aria-describedby": undefined })}
          className="fixed top-1/2 left-1/2 z-50 w-[calc(100%-2.5rem)] max-w-sm -translate-1/2 rounded-xl bg-surface p-6 shadow-pop focus:outline-none data-[state=open]:animate-fade"
        >
          <Radix.Title className="text-xl break-words">{title}</Radix.Title>
          {children ? (
            <Radix.Description asChild>
              <div className="mt-2 text-ui text-muted">{children}</div>
            </Radix.Description>
          ) : null}
          <div className="mt-6 flex flex-row-reverse gap-3">
            <Button variant={danger ? "danger" : "primary"} loading={busy} onClick={run}>{confirm}</Button>
            <Radix.Cancel asChild>
              <Button variant="ghost" disabled={busy}>{cancel}</Button>
            </Radix.Cancel>
          </div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
