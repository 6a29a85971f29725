import { useEffect, useRef } from "react";
import type { PhotoEdit } from "@/lib/media/edit/types";
import { NO_EDIT } from "@/lib/media/edit/photo-edit";
import type { Size } from "@/lib/media/edit/geometry";
import { develop, drawnSize } from "./darkroom";
import type { Picture } from "./picture";

/** Pause after which a coarse preview is made exact, ms. */
const SETTLED = 120;

type Props = { picture: Picture; edit: PhotoEdit; /** In CSS pixels. */ box: Size; /** Empty where it is mere decoration. */ label: string; className?: string };

/**
 * An edited picture on the page: drawn when something changes and in no other frame, coarsely while a slider moves and
 * exactly once it rests.
 */
export function EditedCanvas({ picture, edit, box, label, className }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const last = useRef<{ picture: Picture; edit: PhotoEdit } | null>(null);
  useEffect(() => {
    const onto = canvas.current;
    if (!onto || box.width < 1 || box.height < 1) return;
    const isMoving = last.current?.picture === picture && last.current.edit !== edit;
    last.current = { picture, edit };
    const draw = (isCoarse: boolean) => {
      develop(picture, edit, drawnSize(picture, edit, box), onto, isCoarse);
      onto.dataset.exact = String(!isCoarse);
    };
    const frame = requestAnimationFrame(() => draw(isMoving));
    const settled = isMoving ? setTimeout(() => draw(false), SETTLED) : undefined;
    return () => (cancelAnimationFrame(frame), clearTimeout(settled));
  }, [picture, edit, box]);
  return <canvas ref={canvas} {...(label ? { role: "img", "aria-label": label } : { "aria-hidden": true })} className={className} style={{ width: box.width, height: box.height }} />;
}

/** The edit with the geometry alone, for comparing. */
export const withoutColour = (edit: PhotoEdit): PhotoEdit => ({ ...NO_EDIT, geometry: edit.geometry });
