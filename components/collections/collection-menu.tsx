"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { later } from "@/components/interactions/later";
import { request } from "@/components/interactions/request";
import { ConfirmLater } from "@/components/ui/confirm-later";
import { ImageIcon, LogOutIcon, PencilIcon, TrashIcon, UsersIcon } from "@/components/ui/icons";
import type { MenuItem } from "@/components/ui/menu";
import { MenuButton } from "@/components/ui/menu-button";
import { toast } from "@/components/ui/toast";
import type { CollectionView } from "@/lib/interactions/types";

const NameDialog = later(() => import("./name-dialog").then((m) => m.NameDialog));
const CoverDialog = later(() => import("./cover-dialog").then((m) => m.CoverDialog));
const MembersDialog = later(() => import("./members-dialog").then((m) => m.MembersDialog));

type Props = { collection: Pick<CollectionView, "id" | "name" | "role" | "post_count">; selfId: string };

/** What one can do with a collection: its owner everything, others see who is in it and leave. */
export function CollectionMenu({ collection, selfId }: Props) {
  const { id, name, role } = collection;
  const [asking, setAsking] = useState<"name" | "cover" | "members" | "delete" | "leave" | null>(null);
  const router = useRouter();
  const close = () => setAsking(null);

  function refresh() {
    close();
    router.refresh();
  }

  async function end(path: string, failed: string, said: string) {
    const outcome = await request("DELETE", path);
    if (!outcome.ok) {
      toast.error(failed, { description: outcome.message });
      return false;
    }
    toast.success(said);
    router.replace("/saved");
    router.refresh();
  }

  const items: (MenuItem | "line")[] = role === "owner"
    ? [
        { label: "Rename", icon: <PencilIcon />, onSelect: () => setAsking("name") },
        ...(collection.post_count > 0 ? [{ label: "Choose the cover", icon: <ImageIcon />, onSelect: () => setAsking("cover") }] : []),
        { label: "Share with people", icon: <UsersIcon />, onSelect: () => setAsking("members") },
        "line",
        { label: "Delete", icon: <TrashIcon />, danger: true, onSelect: () => setAsking("delete") },
      ]
    : [
        { label: "Who shares it", icon: <UsersIcon />, onSelect: () => setAsking("members") },
        "line",
        { label: "Leave", icon: <LogOutIcon />, danger: true, onSelect: () => setAsking("leave") },
      ];
  return (
    <>
      <MenuButton label="More options" items={items} />
      {asking === "name" ? <NameDialog gaveUp={close} title="Rename the collection" submit="Save" collection={{ id, name }} onClose={close} onDone={refresh} /> : null}
      {asking === "cover" ? <CoverDialog gaveUp={close} collectionId={id} onClose={close} onDone={refresh} /> : null}
      {asking === "members" ? <MembersDialog gaveUp={close} collectionId={id} isOwner={role === "owner"} onClose={refresh} /> : null}
      {asking === "delete" ? (
        <ConfirmLater open onOpenChange={close} title={`Delete “${name}”?`} confirm="Delete" danger onConfirm={() => end(`/api/collections/${id}`, "The collection was not deleted", "Collection deleted")}>
          For everybody who shares it. What is in it stays saved.
        </ConfirmLater>
      ) : null}
      {asking === "leave" ? (
        <ConfirmLater open onOpenChange={close} title={`Leave “${name}”?`} confirm="Leave" onConfirm={() => end(`/api/collections/${id}/members/${selfId}`, "You are still in it", "You left the collection")}>
          What you put into it stays there. Only its owner can ask you again.
        </ConfirmLater>
      ) : null}
    </>
  );
}
