import { useEffect, useRef, useState } from "react";
import { droppedFiles } from "./kept-file";

/** Files dropped anywhere on the page or pasted; answers whether something hovers over it. */
export function useDroppedFiles(take: (files: File[]) => unknown): boolean {
  const [isOver, setOver] = useState(false);
  const latest = useRef(take);
  latest.current = take;
  useEffect(() => {
    let depth = 0;
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
    const enter = (event: DragEvent) => hasFiles(event) && (depth++, setOver(true));
    const leave = (event: DragEvent) => hasFiles(event) && --depth <= 0 && ((depth = 0), setOver(false));
    const over = (event: DragEvent) => hasFiles(event) && event.preventDefault();
    const drop = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      depth = 0;
      setOver(false);
      latest.current(droppedFiles(event.dataTransfer));
    };
    const paste = (event: ClipboardEvent) => {
      const files = [...(event.clipboardData?.files ?? [])];
      // Copied from a word processor, text comes with a picture of itself: in a field the text is meant.
      const isText = event.target instanceof Element && event.target.matches("input, textarea") && event.clipboardData?.types.includes("text/plain");
      if (files.length === 0 || isText) return;
      event.preventDefault();
      latest.current(files);
    };
    const listeners = { dragenter: enter, dragleave: leave, dragover: over, drop, paste };
    for (const [name, listener] of Object.entries(listeners)) window.addEventListener(name, listener as EventListener);
    return () => {
      for (const [name, listener] of Object.entries(listeners)) window.removeEventListener(name, listener as EventListener);
    };
  }, []);
  return isOver;
}
