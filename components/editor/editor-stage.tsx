import { useMemo } from "react";
import type { PhotoEdit } from "@/lib/media/edit/types";
import { editedSize, frameSize, WHOLE } from "@/lib/media/edit/geometry";
import { ratioOf } from "@/lib/media/edit/shapes";
import { CropFrame } from "./crop-frame";
import { EditedCanvas, withoutColour } from "./edited-canvas";
import type { Work } from "./history";
import { cropped } from "./moves";
import type { Picture } from "./picture";
import { containedIn, useSize } from "./use-size";

type Props = { picture: Picture; work: Work; label: string; isCropping: boolean; isComparing: boolean; onCompare: (isComparing: boolean) => void; onChange: (work: Work, tag: string) => void };

/** While cropping the whole frame is shown; what belongs to the edges of the result waits until it is cut. */
function uncropped({ edit }: Work): PhotoEdit {
  return { ...edit, geometry: { ...edit.geometry, crop: null }, adjust: { ...edit.adjust, vignette: 0, grain: 0, sharpen: 0 } };
}

/** The photo as it will be; while cropping, all of it with the kept part in a frame. Held, it shows how it was brought. */
export function EditorStage({ picture, work, label, isCropping, isComparing, onCompare, onChange }: Props) {
  const [ref, room] = useSize<HTMLDivElement>();
  const { geometry } = work.edit;
  const shown = useMemo(() => {
    const edit = isCropping ? uncropped(work) : work.edit;
    return isComparing ? withoutColour(edit) : edit;
  }, [work, isCropping, isComparing]);
  const size = editedSize(picture.natural, shown.geometry);
  const box = useMemo(() => containedIn({ width: room.width - 48, height: room.height - 48 }, { width: size.width, height: size.height }), [room, size.width, size.height]);
  const hold = isCropping ? {} : { onPointerDown: () => onCompare(true), onPointerUp: () => onCompare(false), onPointerLeave: () => onCompare(false), onPointerCancel: () => onCompare(false) };
  return (
    <div ref={ref} {...hold} className="relative flex min-h-0 min-w-0 flex-1 touch-none items-center justify-center overflow-hidden bg-sunken select-none">
      {box.width > 0 ? (
        <div className="relative" style={{ width: box.width, height: box.height }}>
          <EditedCanvas picture={picture} edit={shown} box={box} label={label} className="block" />
          {isCropping ? (
            <CropFrame
              crop={geometry.crop ?? WHOLE}
              frame={frameSize(picture.natural, geometry)}
              box={box}
              ratio={ratioOf(work.shape, picture.natural, geometry)}
              onChange={(crop) => onChange(cropped(work, crop), "crop")}
            />
          ) : null}
        </div>
      ) : null}
      {isComparing ? <span className="absolute top-3 rounded-full bg-scrim px-3 py-1 text-sm font-medium text-white">As it was</span> : null}
    </div>
  );
}
