import { useSortable } from "@dnd-kit/sortable";
import { CSS } from "@dnd-kit/utilities";
import { EditedPicture } from "@/components/editor/edited-picture";
import { cn } from "@/components/ui/cn";
import { IconButton } from "@/components/ui/icon-button";
import { AlertIcon, CheckIcon, CloseIcon, FilmIcon, ImageIcon, PlayIcon, RetryIcon, TrashIcon } from "@/components/ui/icons";
import type { DraftStore } from "./draft-store";
import { type DraftPhoto, isShowable, isVideo, photoEdit, type Upload } from "./types";
import { useObjectUrl } from "@/components/ui/use-object-url";

type Props = { photo: DraftPhoto; index: number; count: number; isChosen: boolean; onChoose: () => void; store: DraftStore };

/** One photo of the strip: chosen by a press, moved by dragging, with its state and what can be done about it. */
export function PhotoThumb({ photo, index, count, isChosen, onChoose, store }: Props) {
  const url = useObjectUrl(photo.thumb ?? photo.file);
  const isFilm = isVideo(photo);
  const canShow = isShowable(photo) && (photo.thumb !== null || !isFilm);
  const { attributes, listeners, setNodeRef, transform, transition, isDragging } = useSortable({ id: photo.key });
  const name = `${isFilm ? "Video" : "Photo"} ${index + 1} of ${count}`;
  return (
    <li ref={setNodeRef} style={{ transform: CSS.Transform.toString(transform), transition }} className={cn("flex w-22 shrink-0 flex-col", isDragging && "relative z-10 opacity-80")}>
      <button
        type="button"
        {...attributes}
        {...listeners}
        aria-label={`${name}, ${describe(photo.upload)}`}
        aria-current={isChosen ? "true" : undefined}
        onClick={onChoose}
        className={cn("relative size-22 touch-pan-x overflow-hidden rounded-md bg-sunken select-none", isChosen && "outline-2 outline-offset-2 outline-accent")}
      >
        {canShow ? null : isFilm ? <FilmIcon className="mx-auto size-7 text-muted" /> : <ImageIcon className="mx-auto size-7 text-muted" />}
        {url && canShow ? <Tile url={url} photo={photo} /> : null}
        {isFilm ? <PlayIcon className="absolute top-1 left-1 size-5 fill-current text-white drop-shadow-[0_1px_3px_rgb(0_0_0/0.7)]" /> : null}
        <UploadMark upload={photo.upload} />
      </button>
      <span className="flex justify-center">
        {photo.upload.state === "failed" && photo.upload.canRetry ? (
          <IconButton label={`Try ${name} again`} tone="accent" className="[&>svg]:size-5" onClick={() => void store.retry(photo.key)}><RetryIcon /></IconButton>
        ) : null}
        {photo.upload.state === "sending" ? (
          <IconButton label={`Stop sending ${name}`} tone="muted" className="[&>svg]:size-5" onClick={() => store.stop(photo.key)}><CloseIcon /></IconButton>
        ) : null}
        <IconButton label={`Remove ${name}`} tone="muted" className="[&>svg]:size-5" onClick={() => store.remove(photo.key)}><TrashIcon /></IconButton>
      </span>
    </li>
  );
}

/** The photo as it was edited, from its small copy. */
function Tile({ url, photo }: { url: string; photo: DraftPhoto }) {
  const edit = photoEdit(photo);
  if (edit) return <EditedPicture source={photo.thumb ?? photo.file} natural={photo} edit={edit} label="" fit="cover" className="size-full" />;
  return <img src={url} alt="" draggable={false} className="size-full object-cover" />;
}

function describe(upload: Upload): string {
  if (upload.state === "sending") return `${Math.round(upload.progress * 100)} percent sent`;
  if (upload.state === "failed") return `not sent: ${upload.reason}`;
  return upload.state === "done" ? "sent" : "waiting to be sent";
}

function UploadMark({ upload }: { upload: Upload }) {
  if (upload.state === "done") {
    return <span className="absolute right-1 bottom-1 flex size-5 items-center justify-center rounded-full bg-scrim text-white"><CheckIcon className="size-3.5" /></span>;
  }
  if (upload.state === "failed") {
    return <span className="absolute inset-0 flex items-center justify-center bg-scrim text-white"><AlertIcon className="size-7" /></span>;
  }
  const share = upload.state === "sending" ? upload.progress : 0;
  return (
    <span className="absolute inset-0 bg-black/30">
      <span className="absolute inset-x-2 bottom-2 block h-1.5 overflow-hidden rounded-full bg-black/60">
        <span className="block h-full origin-left bg-white transition-transform" style={{ transform: `scaleX(${share})` }} />
      </span>
    </span>
  );
}
