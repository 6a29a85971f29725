import { useState } from "react";
import { later } from "@/components/interactions/later";
import { Button } from "@/components/ui/button";
import { UsersIcon } from "@/components/ui/icons";

const CollaboratorPicker = later(() => import("./collaborator-picker").then((m) => m.CollaboratorPicker));

type Props = { names: string[]; onChange: (names: string[]) => void };

/** Who is invited to be an author of the post, too. */
export function CollaboratorsRow({ names, onChange }: Props) {
  const [isOpen, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1 border-b pb-2">
      <p className="min-w-0 flex-1">
        <span className="block text-ui font-medium">Together with</span>
        <span className="block truncate text-sm text-muted">{names.length === 0 ? "Nobody" : names.join(", ")}</span>
      </p>
      <Button size="sm" icon={<UsersIcon className="size-5" />} onClick={() => setOpen(true)}>{names.length === 0 ? "Invite people" : "Change"}</Button>
      {isOpen ? <CollaboratorPicker gaveUp={close} names={names} onDone={onChange} onClose={close} /> : null}
    </div>
  );
}
