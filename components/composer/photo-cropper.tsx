import { useId, useState } from "react";
import Cropper, { type Area } from "react-easy-crop";
import type { Crop } from "@/lib/media/types";

type Props = { url: string; ratio: number; crop: Crop | null; onChange: (crop: Crop) => void };

const MOST = 4;
const share = (value: number) => Math.min(1, Math.max(0, value / 100));
const cropOf = ({ x, y, width, height }: Area): Crop => ({ x: share(x), y: share(y), width: Math.min(share(width), 1 - share(x)), height: Math.min(share(height), 1 - share(y)) });
const areaOf = ({ x, y, width, height }: Crop): Area => ({ x: x * 100, y: y * 100, width: width * 100, height: height * 100 });

/** Moves and enlarges the photo under a frame of the chosen shape: by mouse, fingers, wheel, arrow keys and slider. */
export function PhotoCropper({ url, ratio, crop, onChange }: Props) {
  const [place, setPlace] = useState({ x: 0, y: 0 });
  const [zoom, setZoom] = useState(1);
  // As it was left; only the first value counts.
  const [initial] = useState(() => (crop ? areaOf(crop) : undefined));
  const slider = useId();
  return (
    <>
      <Cropper
        image={url}
        crop={place}
        zoom={zoom}
        maxZoom={MOST}
        aspect={ratio}
        showGrid
        keyboardStep={8}
        initialCroppedAreaPercentages={initial}
        onCropChange={setPlace}
        onZoomChange={setZoom}
        onCropComplete={(area) => onChange(cropOf(area))}
        cropperProps={{ "aria-label": "Frame: move the photo with the arrow keys", role: "group" } as never}
        mediaProps={{ alt: "" }}
      />
      <label htmlFor={slider} className="absolute inset-x-0 bottom-3 mx-auto flex h-11 w-fit items-center gap-3 rounded-full bg-scrim px-4 text-sm font-medium text-white">
        Zoom
        <input id={slider} type="range" min={1} max={MOST} step={0.01} value={zoom} className="h-11 w-36 accent-white" onChange={(event) => setZoom(Number(event.target.value))} />
      </label>
    </>
  );
}
