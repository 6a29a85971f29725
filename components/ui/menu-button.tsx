"use client";
// <MenuButton label="More options" items={[{ label: "Copy link", icon: <LinkIcon />, onSelect }, …]} />
// An icon button that opens a menu. The menu's code (Radix, about 20 kB) comes with the first press, so that a page with many
// such buttons costs nothing. `children` replaces the three dots.
import dynamic from "next/dynamic";
import { type ReactNode, useState } from "react";
import { cn } from "./cn";
import { type IconTone, iconButtonClass } from "./icon-button";
import { MoreIcon } from "./icons";
import type { MenuItem } from "./menu";

const load = () => import("./menu").then((m) => m.Menu);
const Menu = dynamic(load, { ssr: false });

type Props = {
  label: string;
  items: (MenuItem | "line")[];
  tone?: IconTone;
  align?: "start" | "center" | "end";
  side?: "top" | "right" | "bottom" | "left";
  children?: ReactNode;
  className?: string;
};

export function MenuButton({ label, items, tone, align, side, children, className }: Props) {
  const [wanted, setWanted] = useState(false);
  const [open, setOpen] = useState(false);
  const look = { "aria-label": label, title: label, className: cn(iconButtonClass(tone), className) };
  const face = children ?? <MoreIcon />;
  const plain = (
    <button
      type="button"
      {...look}
      aria-haspopup="menu"
      aria-expanded={false}
      onPointerEnter={() => void load()}
      onFocus={() => void load()}
      onClick={() => {
        setWanted(true);
        setOpen(true);
      }}
    >
      {face}
    </button>
  );
  if (!wanted) return plain;
  return <Menu open={open} onOpenChange={setOpen} items={items} align={align} side={side} trigger={<button type="button" {...look}>{face}</button>} />;
}
