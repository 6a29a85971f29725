"use client";
// A menu under a trigger, from Radix. Most places want <MenuButton> (menu-button.tsx), which loads this on first use.
//   <Menu trigger={<button>…</button>} items={[{ label: "Edit", icon: <PencilIcon />, onSelect }, "line", { label: "Delete", danger: true, onSelect }]} />
import * as Radix from "@radix-ui/react-dropdown-menu";
import Link from "next/link";
import { Fragment, type ReactElement, type ReactNode } from "react";
import { cn } from "./cn";
import { CheckIcon } from "./icons";
import { hasMovedFocus, openerOf } from "./return-focus";

export type MenuItem = {
  label: string;
  icon?: ReactNode;
  danger?: boolean;
  disabled?: boolean;
  /** Given for choices among several: shows a tick and says so. */
  checked?: boolean;
} & ({ onSelect: () => void; href?: undefined } | { href: string; onSelect?: undefined });

type Props = {
  trigger: ReactElement;
  items: (MenuItem | "line")[];
  align?: "start" | "center" | "end";
  side?: "top" | "right" | "bottom" | "left";
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  /** Where the menu is put: a landmark or the dialog it belongs to (portal-place.ts). */
  container?: HTMLElement | null;
};

const itemClass = (danger?: boolean) =>
  cn(
    "flex min-h-11 w-full cursor-pointer items-center gap-3 rounded-sm px-3 text-ui outline-none select-none [&>svg]:size-5",
    "data-highlighted:bg-sunken data-disabled:pointer-events-none data-disabled:opacity-50",
    danger && "text-danger",
  );

export function Menu({ trigger, items, align = "end", side, open, onOpenChange, container }: Props) {
  return (
    <Radix.Root modal={false} open={open} onOpenChange={onOpenChange}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal container={container}>
        <Radix.Content
          align={align}
          side={side}
          sideOffset={6}
          collisionPadding={12}
          // A toast that goes gives the focus back to where it was: no reason to close. A press elsewhere, or Escape, is one.
          // Radix gives the focus back to the trigger, unless what was chosen has put it elsewhere.
          onCloseAutoFocus={(event) => hasMovedFocus(openerOf(event.target as Element)) && event.preventDefault()}
          onFocusOutside={(event) => event.preventDefault()}
          className="z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-52 overflow-y-auto overscroll-contain rounded-md border bg-surface p-1.5 shadow-pop data-[state=open]:animate-rise"
        >
          {items.map((item, i) => (
            <Fragment key={item === "line" ? i : item.label}>
              {item === "line" ? <Radix.Separator className="my-1.5 border-t" /> : <Item {...item} />}
            </Fragment>
          ))}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function Item({ label, icon, danger, disabled, checked, href, onSelect }: MenuItem) {
  if (checked !== undefined) {
    return (
      <Radix.CheckboxItem checked={checked} disabled={disabled} onSelect={onSelect} className={itemClass(danger)}>
        {icon}
        {label}
        <Radix.ItemIndicator className="ml-auto text-accent">
          <CheckIcon className="size-5" />
        </Radix.ItemIndicator>
      </Radix.CheckboxItem>
    );
  }
  if (href) {
    return (
      <Radix.Item asChild disabled={disabled}>
        <Link href={href} className={itemClass(danger)}>{icon}{label}</Link>
      </Radix.Item>
    );
  }
  return (
    <Radix.Item disabled={disabled} onSelect={onSelect} className={itemClass(danger)}>
      {icon}
      {label}
    </Radix.Item>
  );
}
