import { type PointerEvent, useEffect, useRef } from "react";
import type { Crop } from "@/lib/media/edit/types";
import { type Handle, moveCrop, resizeCrop, scaleCrop } from "@/lib/media/edit/shapes";
import type { CropFrameProps } from "./crop-frame";

type Point = { x: number; y: number };
type Drag = { start: Crop; handle: Handle | null; from: Point; spread: number };

const middle = (points: Point[]): Point => ({ x: points.reduce((sum, { x }) => sum + x, 0) / points.length, y: points.reduce((sum, { y }) => sum + y, 0) / points.length });
const spreadOf = ([a, b]: Point[]) => (a && b ? Math.hypot(a.x - b.x, a.y - b.y) : 0);

/** One pointer moves the crop or the handle it took hold of, two move and scale it, the wheel scales it. */
export function useCropDrag(props: CropFrameProps) {
  const latest = useRef(props);
  latest.current = props;
  const pointers = useRef(new Map<number, Point>());
  const drag = useRef<Drag | null>(null);

  /** Whenever a finger comes or goes the movement begins anew from what there is. */
  const begin = (handle: Handle | null) => {
    const points = Array.from(pointers.current.values());
    drag.current = points.length === 0 ? null : { start: latest.current.crop, handle: points.length > 1 ? null : handle, from: middle(points), spread: spreadOf(points) };
  };

  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    pointers.current.set(event.pointerId, { x: event.clientX, y: event.clientY });
    const taken = (event.target as HTMLElement).dataset.handle?.split(" ").map(Number);
    begin(taken ? ({ x: taken[0], y: taken[1] } as Handle) : null);
  };
  const onPointerMove = (event: PointerEvent) => {
    if (!pointers.current.has(event.pointerId) || !drag.current) return;
    pointers.current.set(event.pointerId, { x: event.clientX, y: event.clientY });
    const { box, frame, ratio, onChange } = latest.current;
    const { start, handle, from, spread } = drag.current;
    const points = Array.from(pointers.current.values());
    const now = middle(points);
    const [dx, dy] = [(now.x - from.x) / box.width, (now.y - from.y) / box.height];
    if (handle) return onChange(resizeCrop(start, handle, dx, dy, ratio, frame));
    onChange(moveCrop(spread > 0 && points.length > 1 ? scaleCrop(start, spreadOf(points) / spread) : start, dx, dy));
  };
  const end = (event: PointerEvent) => {
    pointers.current.delete(event.pointerId);
    begin(null);
  };

  const wheel = useWheel((amount) => latest.current.onChange(scaleCrop(latest.current.crop, Math.exp(amount / 600))));
  return { surface: { ref: wheel, onPointerDown, onPointerMove, onPointerUp: end, onPointerCancel: end } };
}

/** React's own listener is passive and could not keep the page from scrolling. */
function useWheel(onWheel: (amount: number) => void) {
  const ref = useRef<HTMLDivElement>(null);
  const latest = useRef(onWheel);
  latest.current = onWheel;
  useEffect(() => {
    const element = ref.current;
    const listen = (event: WheelEvent) => (event.preventDefault(), latest.current(event.deltaY));
    element?.addEventListener("wheel", listen, { passive: false });
    return () => element?.removeEventListener("wheel", listen);
  }, []);
  return ref;
}
