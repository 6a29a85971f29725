import * as Radix from "@radix-ui/react-dialog";
import { type ReactNode, useState } from "react";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { scrimClass } from "@/components/ui/dialog";
import { useReturnFocus } from "@/components/ui/return-focus";

type Props = { title: string; what: "photo" | "video"; isDirty: boolean; onClose: () => void; children: (leave: () => void) => ReactNode };

/** The screen-filling dialog that editors stand in; asks before changes are lost. */
export function EditorShell({ title, what, isDirty, onClose, children }: Props) {
  const focus = useReturnFocus(true);
  const [leaving, setLeaving] = useState(false);
  const leave = () => (isDirty ? setLeaving(true) : onClose());
  return (
    <Radix.Root open onOpenChange={leave}>
      <Radix.Portal>
        <Radix.Overlay className={scrimClass} />
        <Radix.Content
          {...focus}
          aria-describedby={undefined}
          onInteractOutside={(event) => event.preventDefault()}
          className="pad-safe-t pad-safe-b fixed inset-0 z-50 flex flex-col bg-surface focus:outline-none md:inset-4 md:overflow-hidden md:rounded-xl md:shadow-pop lg:inset-8"
        >
          <Radix.Title className="sr-only">{title}</Radix.Title>
          {children(leave)}
          <ConfirmDialog open={leaving} onOpenChange={setLeaving} title="Leave without keeping the changes?" confirm="Leave" danger onConfirm={onClose}>
            The {what} stays as it was before.
          </ConfirmDialog>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
