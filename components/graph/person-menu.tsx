"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { copyLink } from "@/components/interactions/copy-link";
import { request } from "@/components/interactions/request";
import { BanIcon, LinkIcon, UserIcon, EyeOffIcon } from "@/components/ui/icons";
import { ConfirmLater } from "@/components/ui/confirm-later";
import { MenuButton } from "@/components/ui/menu-button";
import { toast } from "@/components/ui/toast";
import { removeFollower } from "@/lib/graph/actions";

type Props = {
  person: { id: string; username: string; muting: boolean; followedBy: boolean };
  /** Without somebody signed in only the link remains. */
  signedIn: boolean;
};

/** What one can do with a person besides following: mute, remove as a follower, block. */
export function PersonMenu({ person, signedIn }: Props) {
  const { id, username } = person;
  const [muting, setMuting] = useState(person.muting);
  const [asking, setAsking] = useState<"block" | "remove" | null>(null);
  const router = useRouter();

  async function setMute(on: boolean) {
    setMuting(on);
    const outcome = await request(on ? "POST" : "DELETE", `/api/users/${id}/mute`);
    if (outcome.ok) return toast.success(on ? `You will not see ${username}’s posts in your feed` : `${username}’s posts are back in your feed`);
    setMuting(!on);
    toast.error("That was not changed", { description: outcome.message });
  }

  async function block() {
    const outcome = await request("POST", `/api/users/${id}/block`);
    if (!outcome.ok) {
      toast.error("Blocking did not work", { description: outcome.message });
      return false;
    }
    toast.success(`You blocked ${username}`, { description: "You can take it back in Settings, Privacy." });
    router.replace("/");
    router.refresh();
  }

  async function remove() {
    const result = await removeFollower({ user_id: id }).catch(() => null);
    if (!result?.ok) {
      toast.error("That was not changed", { description: result?.error.message ?? "The server cannot be reached. Check your connection." });
      return false;
    }
    toast.success(`${username} no longer follows you`);
    router.refresh();
  }

  return (
    <>
      <MenuButton
        label="More options"
        items={[
          { label: "Copy link", icon: <LinkIcon />, onSelect: () => void copyLink(`${location.origin}/${username}`) },
          ...(signedIn
            ? [
                { label: muting ? `Unmute ${username}` : `Mute ${username}`, icon: <EyeOffIcon />, onSelect: () => void setMute(!muting) },
                ...(person.followedBy ? [{ label: "Remove follower", icon: <UserIcon />, onSelect: () => setAsking("remove" as const) }] : []),
                "line" as const,
                { label: `Block ${username}`, icon: <BanIcon />, danger: true, onSelect: () => setAsking("block" as const) },
              ]
            : []),
        ]}
      />
      {asking === "block" ? (
        <ConfirmLater open onOpenChange={() => setAsking(null)} title={`Block ${username}?`} confirm="Block" danger onConfirm={block}>
          Neither of you will see the other’s profile, posts or comments. They are not told.
        </ConfirmLater>
      ) : null}
      {asking === "remove" ? (
        <ConfirmLater open onOpenChange={() => setAsking(null)} title={`Remove ${username} as a follower?`} confirm="Remove" onConfirm={remove}>
          They are not told. Nothing keeps them from following again unless your account is private.
        </ConfirmLater>
      ) : null}
    </>
  );
}
