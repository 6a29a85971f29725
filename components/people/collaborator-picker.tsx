"use client";
import { useState } from "react";
import { FindPerson } from "@/components/graph/find-person";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { IconButton } from "@/components/ui/icon-button";
import { CloseIcon } from "@/components/ui/icons";

/** As the server has it. */
const MOST = 5;

type Props = { names: string[]; onDone: (names: string[]) => void; onClose: () => void };

/** Chooses who is invited to be an author of a post, too. */
export function CollaboratorPicker({ names: given, onDone, onClose }: Props) {
  const [names, setNames] = useState(given);
  return (
    <Dialog
      open
      onOpenChange={onClose}
      guard={names !== given}
      title="Share it together"
      description="Whoever accepts has the post on their profile, too, and it reaches their followers. Who may see it stays as you chose."
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>Cancel</Button>
          <Button variant="primary" onClick={() => (onDone(names), onClose())}>Done</Button>
        </>
      }
    >
      <div className="flex flex-col gap-5">
        {names.length > 0 ? (
          <ul aria-label="Invited" className="divide-y border-y">
            {names.map((name) => (
              <li key={name} className="flex min-h-12 items-center justify-between gap-3">
                <span className="min-w-0 truncate text-ui font-medium">{name}</span>
                <IconButton label={`Remove ${name}`} tone="muted" className="-mr-2.5" onClick={() => setNames(names.filter((one) => one !== name))}><CloseIcon /></IconButton>
              </li>
            ))}
          </ul>
        ) : null}
        {names.length < MOST ? (
          <FindPerson key={names.length} label="Find people" takesFocus without={names}>
            {({ username }) => <Button size="sm" aria-label={`Invite ${username}`} onClick={() => setNames([...names, username])}>Invite</Button>}
          </FindPerson>
        ) : <p className="text-ui text-muted">Five people at most.</p>}
      </div>
    </Dialog>
  );
}
