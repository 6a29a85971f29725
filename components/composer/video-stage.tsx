import { useEffect, useState } from "react";
import { clock } from "@/components/editor/clock";
import { later } from "@/components/interactions/later";
import { Button } from "@/components/ui/button";
import { FilmIcon, SlidersIcon } from "@/components/ui/icons";
import type { Size } from "@/lib/media/edit/geometry";
import type { Crop, VideoEdit } from "@/lib/media/edit/types";
import { isNothing } from "@/lib/media/edit/view";
import type { DraftStore } from "./draft-store";
import { type DraftPhoto, isShowable } from "./types";
import { useObjectUrl } from "@/components/ui/use-object-url";

// Loaded with the first video: without a connection it could not be fetched any more.
const loadEditor = () => import("@/components/editor/video-editor").then((m) => m.VideoEditor);
const VideoEditor = later(loadEditor);

type Props = { photo: DraftPhoto; index: number; count: number; store: DraftStore };

const NO_EDIT: VideoEdit = { trim: null, cover: null, isMuted: false, crop: null };

/** One video large, as it will be posted, and the way to its editor. */
export function VideoStage({ photo, index, count, store }: Props) {
  const [isEditing, setEditing] = useState(false);
  useEffect(() => void loadEditor().catch(() => {}), []);
  const showable = isShowable(photo);
  const edit = photo.edit?.kind === "video" ? photo.edit : NO_EDIT;
  const name = count > 1 ? `video ${index + 1}` : "video";
  const close = () => setEditing(false);
  return (
    <div className="flex flex-col gap-3">
      <div className="relative flex h-[min(56dvh,36rem)] items-center justify-center overflow-hidden bg-black [container-type:size] md:rounded-lg">
        {showable ? <Shown photo={photo} edit={edit} label={photo.alt.trim() || `Video ${index + 1} of ${count}`} /> : <Unshowable />}
      </div>
      {showable ? (
        <div className="flex flex-wrap items-center justify-center gap-x-4 gap-y-1 px-4 md:px-0">
          <Button icon={<SlidersIcon className="size-5" />} onClick={() => setEditing(true)}>Edit {name}</Button>
          <p role="status" className="tabular text-sm text-muted empty:hidden">{summaryOf(edit)}</p>
        </div>
      ) : null}
      {isEditing ? (
        <VideoEditor
          gaveUp={close}
          source={photo.file}
          label={name}
          work={{ edit, shape: photo.shape }}
          onDone={({ edit: to, shape }) => store.editPhoto(photo.key, { shape, edit: isNothing({ kind: "video", ...to }) ? null : { kind: "video", ...to } })}
          onClose={close}
        />
      ) : null}
    </div>
  );
}

function Shown({ photo, edit: { trim, isMuted, crop }, label }: { photo: DraftPhoto; edit: VideoEdit; label: string }) {
  const url = useObjectUrl(photo.file);
  if (!url) return null;
  return (
    // oxlint-disable-next-line jsx-a11y/media-has-caption -- subtitles come when it is posted
    <video
      key={JSON.stringify(trim)}
      src={trim ? `${url}#t=${trim.start},${trim.end}` : url}
      aria-label={label}
      controls
      playsInline
      muted={isMuted}
      preload="metadata"
      className="size-full object-contain"
      style={crop ? croppedStyle(crop, photo) : undefined}
    />
  );
}

/**
 * The element has the shape of what is kept: around it the rest would be seen. Browsers that don't know `object-view-box` show
 * the whole picture; what is kept is said beneath.
 */
function croppedStyle({ x, y, width, height }: Crop, whole: Size): object {
  const ratio = (width * whole.width) / (height * whole.height);
  return {
    objectViewBox: `inset(${y * 100}% ${(1 - x - width) * 100}% ${(1 - y - height) * 100}% ${x * 100}%)`,
    width: `min(100cqw, ${ratio * 100}cqh)`, height: "auto", aspectRatio: ratio,
  };
}

function summaryOf({ trim, isMuted, crop }: VideoEdit): string {
  return [trim && `${clock(trim.start)} – ${clock(trim.end)}`, isMuted && "without sound", crop && "cropped"].filter(Boolean).join(", ");
}

/** In place of a video that only the server can show. */
function Unshowable() {
  return (
    <div className="flex size-full flex-col items-center justify-center gap-3 bg-sunken px-6 text-center text-muted">
      <FilmIcon className="size-12" />
      <p className="text-sm">Preview after posting: this browser can’t play this kind of video, but everybody will see yours. It is posted whole.</p>
    </div>
  );
}
