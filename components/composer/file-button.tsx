import { type ReactNode, useId } from "react";
import { Button, type ButtonVariant, buttonClass } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { CameraIcon, PlusIcon } from "@/components/ui/icons";
import { PHOTO_TYPES, VIDEO_TYPES } from "@/lib/media/limits";

type Props = { onFiles: (files: File[]) => void };

/** The native input lies unseen but focusable inside its label, so that keyboard and touch open the system's picker. */
function FileInput({ onFiles, label, id }: Props & { label: string; id: string }) {
  return (
    <input
      id={id}
      type="file"
      aria-label={label}
      // Not only the types we take: a phone that offers another should hear why it is refused, not find it greyed out.
      accept={[...PHOTO_TYPES, "image/*", ...VIDEO_TYPES, "video/*", ".mkv"].join(",")}
      multiple
      className="sr-only"
      onChange={(event) => {
        const files = [...(event.target.files ?? [])];
        // The same file can be chosen again after it was removed.
        event.target.value = "";
        if (files.length > 0) onFiles(files);
      }}
    />
  );
}

const focusRing = "has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent";

export function FileButton({ onFiles, variant, children }: Props & { variant?: ButtonVariant; children: ReactNode }) {
  const id = useId();
  return (
    <label htmlFor={id} className={cn(buttonClass({ variant }), focusRing, "relative")}>
      {children}
      <FileInput id={id} onFiles={onFiles} label="Choose photos" />
    </label>
  );
}

/** Opens the camera, where there is a finger: there is usually a camera worth the button. */
export function CameraButton({ onFiles }: Props) {
  return (
    <Button className="pointer-fine:hidden" icon={<CameraIcon className="size-5" />} onClick={() => shoot(onFiles)}>
      Take a photo
    </Button>
  );
}

/** An input of its own for each shot: `capture` may not be switched on and off on one. */
function shoot(onFiles: Props["onFiles"]) {
  const input = document.createElement("input");
  Object.assign(input, { type: "file", accept: "image/*", capture: "environment" });
  input.addEventListener("change", () => input.files?.length && onFiles([...input.files]));
  input.click();
}

/** The tile at the end of the strip. */
export function AddTile({ onFiles }: Props) {
  const id = useId();
  return (
    <label htmlFor={id} title="Add photos" className={cn("relative flex size-22 shrink-0 cursor-pointer items-center justify-center rounded-md border-2 border-dashed border-strong/60 text-muted hover:bg-sunken hover:text-ink", focusRing)}>
      <PlusIcon className="size-6" />
      <FileInput id={id} onFiles={onFiles} label="Add photos" />
    </label>
  );
}
