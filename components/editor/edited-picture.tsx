import { useMemo } from "react";
import { cn } from "@/components/ui/cn";
import type { PhotoEdit } from "@/lib/media/edit/types";
import { editedSize } from "@/lib/media/edit/geometry";
import { EditedCanvas } from "./edited-canvas";
import { usePicture } from "./use-picture";
import { containedIn, useSize } from "./use-size";

type Props = { source: Blob; natural: { width: number; height: number }; edit: PhotoEdit; label: string; fit: "contain" | "cover"; className?: string };

/** A photo of the draft with its edit, in the room it is given. */
export function EditedPicture({ source, natural, edit, label, fit, className }: Props) {
  const [ref, room] = useSize<HTMLDivElement>();
  const { picture } = usePicture(source, natural);
  const { width, height } = editedSize(natural, edit.geometry);
  const box = useMemo(() => (fit === "cover" ? covering(room, { width, height }) : containedIn(room, { width, height })), [room, fit, width, height]);
  return (
    <div ref={ref} className={cn("relative flex items-center justify-center overflow-hidden", className)}>
      {picture && box.width > 0 ? <EditedCanvas picture={picture} edit={edit} box={box} label={label} className="shrink-0" /> : null}
    </div>
  );
}

function covering(room: { width: number; height: number }, { width, height }: { width: number; height: number }) {
  const scale = Math.max(room.width / width, room.height / height);
  return { width: Math.ceil(width * scale), height: Math.ceil(height * scale) };
}
