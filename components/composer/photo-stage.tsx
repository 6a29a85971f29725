import dynamic from "next/dynamic";
import { useEffect, useId } from "react";
import { ImageIcon } from "@/components/ui/icons";
import { SegmentedControl } from "@/components/ui/segmented";
import type { DraftStore } from "./draft-store";
import { centredCrop, type CropShape, type DraftPhoto, isShowable, shapeRatio } from "./types";
import { useObjectUrl } from "./use-object-url";

// Apart from the first things to be seen, but loaded with the first photo: without a connection it could not be fetched any more.
const loadCropper = () => import("./photo-cropper").then((m) => m.PhotoCropper);
const PhotoCropper = dynamic(loadCropper, { ssr: false });

const shapes: { value: CropShape; text: string }[] = [
  { value: "original", text: "Original" },
  { value: "1:1", text: "1:1" },
  { value: "4:5", text: "4:5" },
  { value: "16:9", text: "16:9" },
];

type Props = { photo: DraftPhoto; index: number; count: number; store: DraftStore };

/** One photo large, and its shape. */
export function PhotoStage({ photo, index, count, store }: Props) {
  const url = useObjectUrl(photo.file);
  const ratio = shapeRatio[photo.shape];
  useEffect(() => void loadCropper().catch(() => {}), []);
  const hint = useId();
  const showable = isShowable(photo);
  const shown = photo.alt.trim() || `Photo ${index + 1} of ${count}`;
  return (
    <div className="flex flex-col gap-3">
      <div className="relative h-[min(52dvh,34rem)] overflow-hidden bg-sunken md:rounded-lg">
        {/* A file on the device: nothing for an image optimiser to do. */}
        {showable ? null : <Unshowable />}
        {showable && url && ratio === null ? <img src={url} alt={shown} className="size-full object-contain" /> : null}
        {showable && url && ratio !== null ? <PhotoCropper key={photo.shape} url={url} ratio={ratio} crop={photo.crop} onChange={(crop) => store.editPhoto(photo.key, { crop })} /> : null}
      </div>
      <fieldset disabled={!showable} aria-describedby={showable ? undefined : hint} className="flex min-w-0 justify-center px-4 disabled:opacity-50 md:px-0">
        <SegmentedControl
          label={count > 1 ? `Shape of photo ${index + 1}` : "Shape"}
          name={`shape-${photo.key}`}
          options={shapes}
          value={photo.shape}
          onChange={(shape) => store.editPhoto(photo.key, { shape, crop: centredCrop(shape, photo) })}
        />
      </fieldset>
      {showable ? null : <p id={hint} className="px-4 text-center text-sm text-muted md:px-0">A photo that is not shown here keeps its shape. To crop it, add it as JPEG or use Safari.</p>}
    </div>
  );
}

/** In place of a photo that only the server can show. */
function Unshowable() {
  return (
    <div className="flex size-full flex-col items-center justify-center gap-3 px-6 text-center text-muted">
      <ImageIcon className="size-12" />
      <p className="text-sm">Preview after posting: this browser can’t show HEIC photos, but everybody will see yours.</p>
    </div>
  );
}
