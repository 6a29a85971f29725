"use client";
import { CopyIcon, FlagIcon, PencilIcon, TrashIcon } from "@/components/ui/icons";
import type { MenuItem } from "@/components/ui/menu";
import { toast } from "@/components/ui/toast";
import type { MessageView } from "@/lib/messages/types";
import type { RowActs } from "./message-row";

/** What can be done with a message besides reacting and replying. */
export function menuOf(message: MessageView, acts: RowActs): MenuItem[] {
  const items: MenuItem[] = [];
  if (message.text) items.push({ label: "Copy", icon: <CopyIcon />, onSelect: () => void copyWords(message.text!) });
  const canEdit = message.is_mine && message.text !== null && message.editable_until !== null && Date.parse(message.editable_until) > Date.now();
  if (canEdit && acts.mayWrite) items.push({ label: "Edit", icon: <PencilIcon />, onSelect: () => acts.edit(message) });
  if (message.is_mine) items.push({ label: "Unsend", icon: <TrashIcon />, danger: true, onSelect: () => acts.unsend(message) });
  else items.push({ label: "Report", icon: <FlagIcon />, onSelect: acts.report });
  return items;
}

export async function copyWords(text: string) {
  try {
    await navigator.clipboard.writeText(text);
    toast.success("Copied");
  } catch {
    toast.error("It could not be copied", { description: "This browser does not allow it here." });
  }
}
