"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { copyLink } from "@/components/interactions/copy-link";
import { later } from "@/components/interactions/later";
import { request } from "@/components/interactions/request";
import { BanIcon, CirclesIcon, EyeOffIcon, FlagIcon, LinkIcon, MinusIcon, SendIcon, StarIcon, UserIcon } from "@/components/ui/icons";
import { ConfirmLater } from "@/components/ui/confirm-later";
import type { MenuItem } from "@/components/ui/menu";
import { MenuButton } from "@/components/ui/menu-button";
import { toast } from "@/components/ui/toast";
import type { ViewerRelation } from "@/lib/graph/types";
import { type Followee, useFollow } from "./follow-state";

const BlockPerson = later(() => import("./block-person").then((m) => m.BlockPerson));
const ChooseCircles = later(() => import("@/components/circles/choose-circles").then((m) => m.ChooseCircles));
const SendProfile = later(() => import("@/components/messages/send-profile").then((m) => m.SendProfile));
const ReportDialog = later(() => import("@/components/moderation/report-dialog").then((m) => m.ReportDialog));

export type Wishes = Pick<ViewerRelation, "muting" | "muting_stories" | "restricting" | "is_favourite">;

type Props = {
  person: Followee & { followedBy: boolean; wishes: Wishes };
  /** Without somebody signed in only the link remains. */
  signedIn: boolean;
};

/** What one can do with a person besides following: favour, put into circles, mute, restrict, remove as a follower, report, block. */
export function PersonMenu({ person, signedIn }: Props) {
  const { id, username } = person;
  const [{ following }] = useFollow(person);
  const [wishes, setWishes] = useState(person.wishes);
  const [asking, setAsking] = useState<"block" | "circles" | "remove" | "report" | "send" | null>(null);
  const router = useRouter();
  const close = () => setAsking(null);

  /** Shown at once, put back when it fails. The code that sends it is loaded with the first wish. */
  async function wish(change: Partial<Wishes>) {
    const [before, after] = [wishes, { ...wishes, ...change }];
    setWishes(after);
    const sent = await import("./wishes-about-people").then((m) => m.sendWishes(person, before, change, setWishes), () => null);
    if (sent) return;
    setWishes(before);
    if (sent === null) toast.error("That did not work", { description: "Check your connection." });
  }

  async function remove() {
    const outcome = await request("DELETE", `/api/users/${id}/follower`);
    if (!outcome.ok) {
      toast.error("That was not changed", { description: outcome.message });
      return false;
    }
    toast.success(`${username} no longer follows you`);
    router.refresh();
  }

  const items: (MenuItem | "line")[] = [{ label: "Copy link", icon: <LinkIcon />, onSelect: () => void copyLink(`${location.origin}/${username}`) }];
  if (signedIn) {
    items.push({ label: "Send profile", icon: <SendIcon />, onSelect: () => setAsking("send") });
    if (following) items.push({ label: "Favourite", icon: <StarIcon />, checked: wishes.is_favourite, onSelect: () => void wish({ is_favourite: !wishes.is_favourite }) });
    items.push({ label: "Circles", icon: <CirclesIcon />, onSelect: () => setAsking("circles") });
    items.push("line");
    items.push({ label: "Mute posts", icon: <EyeOffIcon />, checked: wishes.muting, onSelect: () => void wish({ muting: !wishes.muting }) });
    items.push({ label: `Restrict ${username}`, icon: <MinusIcon />, checked: wishes.restricting, onSelect: () => void wish({ restricting: !wishes.restricting }) });
    if (person.followedBy) items.push({ label: "Remove follower", icon: <UserIcon />, onSelect: () => setAsking("remove") });
    items.push("line", { label: "Report", icon: <FlagIcon />, onSelect: () => setAsking("report") });
    items.push({ label: `Block ${username}`, icon: <BanIcon />, danger: true, onSelect: () => setAsking("block") });
  }

  return (
    <>
      <MenuButton label="More options" items={items} />
      {asking === "circles" ? <ChooseCircles gaveUp={close} user={{ id, username }} onClose={close} /> : null}
      {asking === "send" ? <SendProfile gaveUp={close} userId={id} onClose={close} /> : null}
      {asking === "report" ? <ReportDialog gaveUp={close} subject={{ kind: "user", id, author: { id, username } }} onClose={close} onBlocked={() => { router.replace("/"); router.refresh(); }} /> : null}
      {asking === "block" ? <BlockPerson gaveUp={close} user={{ id, username }} onClose={close} /> : null}
      {asking === "remove" ? (
        <ConfirmLater open onOpenChange={close} title={`Remove ${username} as a follower?`} confirm="Remove" onConfirm={remove}>
          They are not told. Nothing keeps them from following again unless your account is private.
        </ConfirmLater>
      ) : null}
    </>
  );
}
