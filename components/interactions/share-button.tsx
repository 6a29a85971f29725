"use client";
import { useSyncExternalStore } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { LinkIcon, ShareIcon } from "@/components/ui/icons";
import { MenuButton } from "@/components/ui/menu-button";
import { copyLink } from "./copy-link";

const never = () => () => {};
const hasShareSheet = () => typeof navigator.share === "function" && window.matchMedia("(pointer: coarse)").matches;

/** Phones open the system's own sheet; elsewhere a menu. */
export function ShareButton({ url, author }: { url: string; author: string }) {
  const sheet = useSyncExternalStore(never, hasShareSheet, () => false);
  if (sheet) return <IconButton label="Share" onClick={() => void openSheet(url, author)}><ShareIcon /></IconButton>;
  return (
    <MenuButton label="Share" align="start" items={[{ label: "Copy link", icon: <LinkIcon />, onSelect: () => void copyLink(url) }]}>
      <ShareIcon />
    </MenuButton>
  );
}

async function openSheet(url: string, author: string): Promise<void> {
  try {
    await navigator.share({ url, title: `A post by ${author}` });
  } catch (error) {
    // Closing the sheet is a choice, not a failure.
    if (!(error instanceof DOMException && error.name === "AbortError")) await copyLink(url);
  }
}
