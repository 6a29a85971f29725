import { type KeyboardEvent, useId } from "react";
import type { Crop } from "@/lib/media/edit/types";
import type { Size } from "@/lib/media/edit/geometry";
import { type Handle, moveCrop, resizeCrop, scaleCrop } from "@/lib/media/edit/shapes";
import { cn } from "@/components/ui/cn";
import { useCropDrag } from "./use-crop-drag";

export type CropFrameProps = { crop: Crop; /** Pixels of the uncropped picture. */ frame: Size; /** As it is shown, CSS pixels. */ box: Size; ratio: number | null; onChange: (crop: Crop) => void };

const CORNERS: { at: Handle; name: string; place: string; cursor: string }[] = [
  { at: { x: -1, y: -1 }, name: "Left upper corner", place: "-top-5.5 -left-5.5", cursor: "cursor-nwse-resize" },
  { at: { x: 1, y: -1 }, name: "Right upper corner", place: "-top-5.5 -right-5.5", cursor: "cursor-nesw-resize" },
  { at: { x: 1, y: 1 }, name: "Right lower corner", place: "-right-5.5 -bottom-5.5", cursor: "cursor-nwse-resize" },
  { at: { x: -1, y: 1 }, name: "Left lower corner", place: "-bottom-5.5 -left-5.5", cursor: "cursor-nesw-resize" },
];
/** For pointers only: keys have the corners. */
const SIDES: { at: Handle; place: string }[] = [
  { at: { x: 0, y: -1 }, place: "inset-x-6 -top-3 h-6 cursor-ns-resize" },
  { at: { x: 0, y: 1 }, place: "inset-x-6 -bottom-3 h-6 cursor-ns-resize" },
  { at: { x: -1, y: 0 }, place: "inset-y-6 -left-3 w-6 cursor-ew-resize" },
  { at: { x: 1, y: 0 }, place: "inset-y-6 -right-3 w-6 cursor-ew-resize" },
];

const ARROWS: Record<string, [number, number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** The kept part over the whole picture: moved and resized by mouse, fingers, wheel and keys. */
export function CropFrame(props: CropFrameProps) {
  const { crop, frame, ratio, onChange } = props;
  const drag = useCropDrag(props);
  const hint = useId();
  const percent = (value: number) => `${value * 100}%`;
  const onKey = (event: KeyboardEvent, handle: Handle | null) => {
    const step = event.shiftKey ? 0.05 : 0.01;
    const arrow = ARROWS[event.key];
    const zoom = { "+": 1 - step * 2, "=": 1 - step * 2, "-": 1 + step * 2 }[event.key];
    if (arrow) onChange(handle ? resizeCrop(crop, handle, arrow[0] * step, arrow[1] * step, ratio, frame) : moveCrop(crop, arrow[0] * step, arrow[1] * step));
    else if (zoom) onChange(scaleCrop(crop, zoom));
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div {...drag.surface} className="absolute inset-0 touch-none">
      <div className="absolute inset-0 overflow-hidden">
        <div className="absolute shadow-[0_0_0_200rem_rgb(14_11_8/0.6)]" style={{ left: percent(crop.x), top: percent(crop.y), width: percent(crop.width), height: percent(crop.height) }} />
      </div>
      <div
        className="absolute"
        style={{ left: percent(crop.x), top: percent(crop.y), width: percent(crop.width), height: percent(crop.height) }}
      >
        <button type="button" aria-label="Crop" aria-describedby={hint} onKeyDown={(event) => onKey(event, null)} className="absolute inset-0 cursor-move outline-offset-4 inset-ring-2 inset-ring-white" />
        <Thirds />
        {SIDES.map(({ at, place }) => <span key={place} data-handle={`${at.x} ${at.y}`} className={cn("absolute", place)} />)}
        {CORNERS.map(({ at, name, place, cursor }) => (
          <button
            key={name}
            type="button"
            aria-label={name}
            data-handle={`${at.x} ${at.y}`}
            onKeyDown={(event) => onKey(event, at)}
            className={cn("absolute flex size-11 items-center justify-center rounded-full before:block before:size-4 before:rounded-full before:border-2 before:border-black/40 before:bg-white", place, cursor)}
          />
        ))}
      </div>
      <p id={hint} className="sr-only">Arrow keys move it, plus and minus make it smaller and larger; with Shift in larger steps. Its corners can be moved, too.</p>
    </div>
  );
}

function Thirds() {
  const line = "absolute bg-white/45";
  return (
    <span aria-hidden className="pointer-events-none">
      {["left-1/3", "left-2/3"].map((place) => <span key={place} className={cn(line, place, "inset-y-0 w-px")} />)}
      {["top-1/3", "top-2/3"].map((place) => <span key={place} className={cn(line, place, "inset-x-0 h-px")} />)}
    </span>
  );
}
