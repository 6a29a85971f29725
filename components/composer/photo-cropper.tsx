import { useId, useState } from "react";
import Cropper, { type Area } from "react-easy-crop";
import type { DraftStore } from "./draft-store";
import type { DraftPhoto } from "./types";

type Props = { photo: DraftPhoto; url: string; ratio: number; store: DraftStore };

/** Moves and enlarges the photo under a frame of the chosen shape: by mouse, fingers, wheel, arrow keys and slider. */
export function PhotoCropper({ photo, url, ratio, store }: Props) {
  const [view, setView] = useState(photo.view);
  const slider = useId();
  const keep = (area: Area) => {
    const crop = { x: area.x / 100, y: area.y / 100, width: area.width / 100, height: area.height / 100 };
    store.editPhoto(photo.key, { crop, view });
  };
  return (
    <>
      <Cropper
        image={url}
        crop={{ x: view.x, y: view.y }}
        zoom={view.zoom}
        maxZoom={4}
        aspect={ratio}
        showGrid
        keyboardStep={8}
        onCropChange={({ x, y }) => setView((now) => ({ ...now, x, y }))}
        onZoomChange={(zoom) => setView((now) => ({ ...now, zoom }))}
        onCropComplete={keep}
        cropperProps={{ "aria-label": "Frame: move the photo with the arrow keys" } as never}
      />
      <div className="absolute inset-x-0 bottom-3 flex justify-center">
        <label htmlFor={slider} className="flex h-11 items-center gap-3 rounded-full bg-scrim px-4 text-sm font-medium text-white">
          Zoom
          <input
            id={slider}
            type="range"
            min={1}
            max={4}
            step={0.01}
            value={view.zoom}
            className="h-11 w-36 accent-white"
            onChange={(event) => setView((now) => ({ ...now, zoom: Number(event.target.value) }))}
          />
        </label>
      </div>
    </>
  );
}
