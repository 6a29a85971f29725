"use client";
// <MenuButton label="More options" items={[{ label: "Copy link", icon: <LinkIcon />, onSelect }, …]} />
// An icon button that opens a menu, loaded with the first press, so that a page with many of them costs nothing.
// `children` replaces the three dots.
import type { ReactNode } from "react";
import { cn } from "./cn";
import { type IconTone, iconButtonClass } from "./icon-button";
import { MoreIcon } from "./icons";
import { LazyMenu, type LazyMenuProps } from "./lazy-menu";

type Props = Pick<LazyMenuProps, "items" | "align" | "side"> & { label: string; tone?: IconTone; children?: ReactNode; className?: string };

export function MenuButton({ label, tone, children, className, ...menu }: Props) {
  return (
    <LazyMenu {...menu} aria-label={label} title={label} className={cn(iconButtonClass(tone), className)}>
      {children ?? <MoreIcon />}
    </LazyMenu>
  );
}
