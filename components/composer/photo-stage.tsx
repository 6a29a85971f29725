import { useEffect, useId, useState } from "react";
import { EditedPicture } from "@/components/editor/edited-picture";
import { later } from "@/components/interactions/later";
import { Button } from "@/components/ui/button";
import { ImageIcon, SlidersIcon } from "@/components/ui/icons";
import { isNeutral, NO_EDIT } from "@/lib/media/edit/photo-edit";
import type { DraftStore } from "./draft-store";
import { type DraftPhoto, isShowable, photoEdit } from "./types";
import { useObjectUrl } from "@/components/ui/use-object-url";

// Apart from the first things to be seen, but loaded with the first photo: without a connection it could not be fetched any more.
const loadEditor = () => import("@/components/editor/editor").then((m) => m.Editor);
const Editor = later(loadEditor);

type Props = { photo: DraftPhoto; index: number; count: number; store: DraftStore };

/** One photo large, as it will be posted, and the way to its editor. */
export function PhotoStage({ photo, index, count, store }: Props) {
  const [isEditing, setEditing] = useState(false);
  useEffect(() => void loadEditor().catch(() => {}), []);
  const hint = useId();
  const showable = isShowable(photo);
  const name = count > 1 ? `photo ${index + 1}` : "photo";
  const close = () => setEditing(false);
  return (
    <div className="flex flex-col gap-3">
      <div className="relative h-[min(56dvh,36rem)] overflow-hidden bg-sunken md:rounded-lg">
        {showable ? <Shown photo={photo} label={photo.alt.trim() || `Photo ${index + 1} of ${count}`} /> : <Unshowable />}
        <div className="absolute inset-x-0 bottom-3 flex justify-center">
          <Button icon={<SlidersIcon className="size-5" />} disabled={!showable} aria-describedby={showable ? undefined : hint} onClick={() => setEditing(true)}>Edit {name}</Button>
        </div>
      </div>
      {showable ? null : <p id={hint} className="px-4 text-center text-sm text-muted md:px-0">A photo that is not shown here is posted as it is. To edit it, add it as JPEG or use Safari.</p>}
      {isEditing ? (
        <Editor
          gaveUp={close}
          source={photo.file}
          natural={photo}
          label={name}
          work={{ edit: photoEdit(photo) ?? NO_EDIT, shape: photo.shape }}
          note={photo.type === "image/gif" ? "If this picture moves: cropping keeps it moving, everything else makes it a still picture." : undefined}
          done="Done"
          onDone={({ edit, shape }) => store.editPhoto(photo.key, { edit: isNeutral(edit) ? null : { kind: "image", ...edit }, shape })}
          onApplyToAll={count > 1 ? (carry) => store.applyToAll(carry, photo.key) : undefined}
          onClose={close}
        />
      ) : null}
    </div>
  );
}

function Shown({ photo, label }: { photo: DraftPhoto; label: string }) {
  const url = useObjectUrl(photo.file);
  const edit = photoEdit(photo);
  if (edit) return <EditedPicture source={photo.file} natural={photo} edit={edit} label={label} fit="contain" className="size-full" />;
  // A file on the device: nothing for an image optimiser to do.
  return url ? <img src={url} alt={label} className="size-full object-contain" /> : null;
}

/** In place of a photo that only the server can show. */
function Unshowable() {
  return (
    <div className="flex size-full flex-col items-center justify-center gap-3 px-6 pb-12 text-center text-muted">
      <ImageIcon className="size-12" />
      <p className="text-sm">Preview after posting: this browser can’t show photos of this type, but everybody will see yours.</p>
    </div>
  );
}
