"use client";
import { useId, useState } from "react";
import Cropper, { type Area } from "react-easy-crop";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { FormError } from "@/components/ui/form-error";
import { useObjectUrl } from "@/components/ui/use-object-url";
import { cutSquare } from "./cut-square";

type Props = { file: File; busy: boolean; onClose: () => void; onDone: (picture: Blob) => void };

/** Moves and enlarges a photo under a circle: by mouse, fingers, wheel, arrow keys and slider. */
export function AvatarCropper({ file, busy, onClose, onDone }: Props) {
  const url = useObjectUrl(file);
  const slider = useId();
  const [view, setView] = useState({ x: 0, y: 0, zoom: 1 });
  const [area, setArea] = useState<Area | null>(null);
  // Formats that this browser does not show (HEIC in most) go to the server whole, which takes the middle.
  const [unseen, setUnseen] = useState(false);

  async function save() {
    const picture = unseen || !url || !area ? file : await cutSquare(url, area).catch(() => file);
    onDone(picture);
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => open || busy || onClose()}
      title="Your photo"
      full
      footer={
        <>
          <Button variant="ghost" disabled={busy} onClick={onClose}>Cancel</Button>
          <Button variant="primary" loading={busy} onClick={save}>Use this photo</Button>
        </>
      }
    >
      {unseen ? (
        <FormError message="This browser cannot show the photo. It can be used all the same: its middle becomes your picture." />
      ) : (
        <>
          <div className="relative mx-auto aspect-square w-full max-w-96 overflow-hidden rounded-md bg-sunken">
            {url ? (
              <Cropper
                image={url}
                crop={{ x: view.x, y: view.y }}
                zoom={view.zoom}
                maxZoom={4}
                aspect={1}
                cropShape="round"
                showGrid={false}
                keyboardStep={8}
                onCropChange={({ x, y }) => setView((now) => ({ ...now, x, y }))}
                onZoomChange={(zoom) => setView((now) => ({ ...now, zoom }))}
                onCropComplete={(_, pixels) => setArea(pixels)}
                onMediaLoaded={() => setUnseen(false)}
                mediaProps={{ onError: () => setUnseen(true) }}
                cropperProps={{ role: "group", "aria-label": "Circle: move the photo with the arrow keys" } as never}
              />
            ) : null}
          </div>
          <label htmlFor={slider} className="mt-4 flex h-11 items-center justify-center gap-3 text-sm font-medium">
            Zoom
            <input id={slider} type="range" min={1} max={4} step={0.01} value={view.zoom} className="h-11 w-56 accent-accent" onChange={(event) => setView((now) => ({ ...now, zoom: Number(event.target.value) }))} />
          </label>
        </>
      )}
    </Dialog>
  );
}
