"use client";
import { usePathname } from "next/navigation";
import { useEffect } from "react";

let beneath: string | null = null;

/** Remembers the page on which posts are chosen, which an overlay then covers. */
export function useAsBeneath(): void {
  const path = usePathname();
  useEffect(() => {
    if (!path.startsWith("/p/")) beneath = path;
  }, [path]);
}

/** Whether an address is that of the page under the overlay: going there is closing the overlay. */
export const isBeneath = (address: string): boolean => new URL(address, window.location.href).pathname === beneath;
