"use client";
// A button of any looks whose menu is loaded with the first press (Radix's menu weighs about 20 kB).
//   <LazyMenu items={[…]} className={buttonClass()} align="start">Sort</LazyMenu>      For icons alone: <MenuButton label>.
import { type ComponentProps, useState } from "react";
import { portalPlace } from "./portal-place";
import type { Menu as MenuType, MenuItem } from "./menu";
import { toast } from "./toast";

const load = () => import("./menu").then((m) => m.Menu);

export type LazyMenuProps = Omit<ComponentProps<"button">, "type"> & {
  items: (MenuItem | "line")[];
  align?: "start" | "center" | "end";
  side?: "top" | "right" | "bottom" | "left";
};

export function LazyMenu({ items, align, side, ...look }: LazyMenuProps) {
  const [Menu, setMenu] = useState<typeof MenuType | null>(null);
  const [open, setOpen] = useState(false);
  const [container, setContainer] = useState<HTMLElement>();
  function press(button: HTMLElement) {
    setContainer(portalPlace(button));
    setOpen(true);
    // The plain button stays in place until the code is here; through Suspense it would vanish for a moment.
    load().then((loaded) => setMenu(() => loaded), () => toast.error("The menu could not be loaded", { description: "Check your connection." }));
  }
  if (Menu) return <Menu open={open} onOpenChange={setOpen} container={container} items={items} align={align} side={side} trigger={<button {...look} type="button" />} />;
  return (
    <button
      {...look}
      type="button"
      aria-haspopup="menu"
      aria-expanded={open}
      onPointerEnter={() => void load().catch(() => {})}
      onFocus={() => void load().catch(() => {})}
      onClick={(event) => press(event.currentTarget)}
    />
  );
}
