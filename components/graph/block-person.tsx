"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { setChange } from "@/components/interactions/changes";
import { request } from "@/components/interactions/request";
import { Checkbox } from "@/components/ui/checkbox";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { toast } from "@/components/ui/toast";

type Props = {
  user: { id: string; username: string };
  onClose: () => void;
  /** What happens then, `at` by the server's clock; else home, since their page is no longer there. */
  onBlocked?: (at: number) => void;
};

/** Asks whether to block somebody, and whether for good. */
export function BlockPerson({ user: { id, username }, onClose, onBlocked }: Props) {
  const [withNew, setWithNew] = useState(true);
  const router = useRouter();

  async function block() {
    const outcome = await request("POST", `/api/users/${id}/block`, { body: { and_new_accounts: withNew } });
    if (!outcome.ok) {
      toast.error("Blocking did not work", { description: outcome.message });
      return false;
    }
    toast.success(`You blocked ${username}`, { description: "You can unblock them in Settings, Privacy, too.", duration: 10_000, action: { label: "Unblock", onClick: () => void unblock() } });
    if (onBlocked) return onBlocked(outcome.at);
    router.replace("/");
    router.refresh();
  }

  /** Lets them see each other again; neither follows the other any more. */
  async function unblock() {
    const outcome = await request("DELETE", `/api/users/${id}/block`);
    if (!outcome.ok) return toast.error(`${username} is still blocked`, { description: outcome.message });
    setChange(`gone:author:${id}`, false, outcome.at);
    toast.success(`You unblocked ${username}`);
    router.refresh();
  }

  return (
    <ConfirmDialog open onOpenChange={onClose} title={`Block ${username}?`} confirm="Block" danger onConfirm={block}>
      Neither of you will see the other’s profile, posts or comments. They are not told.
      <Checkbox
        label="And new accounts they make"
        hint="As far as a device or a mailbox tells that it is them."
        checked={withNew}
        onChange={(event) => setWithNew(event.target.checked)}
        className="mt-2 text-ink"
      />
    </ConfirmDialog>
  );
}
