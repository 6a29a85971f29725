"use client";
import { useRouter } from "next/navigation";
import { useEffect } from "react";

/** Follows clicks on every <AppLink>. Before it is awake, and for other tabs and windows, they are links like any other. Shows nothing. */
export function LinkClicks() {
  const router = useRouter();
  useEffect(() => {
    function follow(event: MouseEvent) {
      if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[data-app]") : null;
      if (!link || (link.target !== "" && link.target !== "_self")) return;
      event.preventDefault();
      router.push(link.getAttribute("href")!, { scroll: link.dataset.app === "" });
    }
    document.addEventListener("click", follow);
    return () => document.removeEventListener("click", follow);
  }, [router]);
  return null;
}
