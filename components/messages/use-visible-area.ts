"use client";
import { type RefObject, useEffect } from "react";

/**
 * Holds an element within what the on-screen keyboard leaves of the window. Where the browser shrinks the page itself (`interactive-widget`) nothing is to be done;
 * Safari lays the keyboard over the page and moves it up.
 */
export function useVisibleArea(element: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const seen = window.visualViewport;
    const box = element.current;
    if (!seen || !box) return;
    function fit() {
      // Pinched: one looks at a part of the page.
      const isCovered = seen!.scale < 1.01 && window.innerHeight - seen!.height > 80;
      box!.style.setProperty("--seen-height", isCovered ? `${seen!.height}px` : "100dvh");
      box!.style.setProperty("--seen-top", isCovered ? `${seen!.offsetTop}px` : "0px");
    }
    fit();
    seen.addEventListener("resize", fit);
    seen.addEventListener("scroll", fit);
    return () => {
      seen.removeEventListener("resize", fit);
      seen.removeEventListener("scroll", fit);
    };
  }, [element]);
}
