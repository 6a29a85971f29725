import dynamic from "next/dynamic";
import { SegmentedControl } from "@/components/ui/segmented";
import { TextArea } from "@/components/ui/text-area";
import { MAX_ALT } from "@/lib/media/limits";
import type { DraftStore } from "./draft-store";
import { type CropShape, type DraftPhoto, shapeRatio } from "./types";
import { useObjectUrl } from "./use-object-url";

// The cropper is loaded when somebody crops.
const PhotoCropper = dynamic(() => import("./photo-cropper").then((m) => m.PhotoCropper));

const shapes: { value: CropShape; text: string }[] = [
  { value: "original", text: "Original" },
  { value: "1:1", text: "1:1" },
  { value: "4:5", text: "4:5" },
  { value: "16:9", text: "16:9" },
];

type Props = { photo: DraftPhoto; index: number; count: number; store: DraftStore };

/** One photo large, with its shape and its alt text. */
export function PhotoStage({ photo, index, count, store }: Props) {
  const url = useObjectUrl(photo.file);
  const reshape = (shape: CropShape) => store.editPhoto(photo.key, { shape, crop: null, view: { x: 0, y: 0, zoom: 1 } });
  const which = count > 1 ? ` of photo ${index + 1}` : "";
  return (
    <div className="flex flex-col gap-4">
      <div className="relative h-[min(62dvh,38rem)] overflow-hidden bg-sunken md:rounded-lg">
        {url && photo.shape === "original" ? (
          // A file on the device: nothing for the image optimiser to do.
          <img src={url} alt={photo.alt || `Photo ${index + 1} of ${count}`} className="size-full object-contain" />
        ) : null}
        {url && photo.shape !== "original" ? <PhotoCropper photo={photo} url={url} ratio={shapeRatio[photo.shape]!} store={store} /> : null}
      </div>
      <div className="flex justify-center px-4 md:px-0">
        <SegmentedControl label={`Shape${which}`} name={`shape-${photo.key}`} options={shapes} value={photo.shape} onChange={reshape} />
      </div>
      <TextArea
        className="px-4 md:px-0"
        label={`Alt text${which}`}
        hint="Describe the photo for people who can't see it."
        rows={2}
        maxLength={MAX_ALT}
        value={photo.alt}
        onChange={(event) => store.editPhoto(photo.key, { alt: event.target.value })}
      />
    </div>
  );
}
