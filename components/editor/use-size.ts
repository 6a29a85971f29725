import { useLayoutEffect, useRef, useState } from "react";
import type { Size } from "@/lib/media/edit/geometry";

/** The size of an element as it is laid out, in CSS pixels. */
export function useSize<E extends HTMLElement>() {
  const ref = useRef<E>(null);
  const [size, setSize] = useState<Size>({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setSize({ width: element.clientWidth, height: element.clientHeight }));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [ref, size] as const;
}

/** The largest size of that shape inside `room`. */
export function containedIn(room: Size, { width, height }: Size): Size {
  const scale = Math.min(room.width / width, room.height / height);
  return { width: Math.max(0, Math.floor(width * scale)), height: Math.max(0, Math.floor(height * scale)) };
}
