"use client";
import type { CSSProperties } from "react";
import { ratioOf } from "@/components/media/frame";
import { PlayBadge } from "@/components/media/video-frame";
import { cn } from "@/components/ui/cn";
import { FilmIcon, ImageIcon, WarningIcon } from "@/components/ui/icons";
import { Spinner } from "@/components/ui/spinner";
import { useObjectUrl } from "@/components/ui/use-object-url";
import type { MediaView } from "@/lib/media/types";
import type { Outgoing, OutgoingFile, ShownMessage } from "./outgoing";
import { clock } from "./wording";

/** One picture is no higher and no flatter than this, width / height. */
const BOUNDS = [0.62, 1.9] as const;

type Props = { message: ShownMessage; out: Outgoing | null; onOpen: (at: number) => void };

/** Photos and videos of a message; those on their way, or not prepared yet, as the device knows them. */
export function MessageMedia({ message, out, onOpen }: Props) {
  const files = out?.files ?? [];
  const tiles = message.media.length > 0 ? message.media.map((media, i) => ({ key: media.id, media, file: files[i] ?? null })) : files.map((file) => ({ key: file.key, media: null, file }));
  if (tiles.length === 0) return null;
  const one = tiles.length === 1 ? tiles[0]! : null;
  const ratio = one ? Math.min(BOUNDS[1], Math.max(BOUNDS[0], ratioOf(one.media ?? one.file!))) : 1;
  return (
    <ul className={cn("grid max-w-full gap-0.5 overflow-hidden rounded-lg", one ? (ratio < 1 ? "w-56" : "w-72") : "w-72 grid-cols-2")}>
      {tiles.map(({ key, media, file }, at) => (
        <li key={key} style={{ aspectRatio: one ? ratio : 1 } as CSSProperties} className={cn("relative bg-sunken", tiles.length > 2 && tiles.length % 2 === 1 && at === 0 && "col-span-2 aspect-2/1!")}>
          {media?.state === "ready" ? <ReadyTile media={media} sender={message.sender.username} onOpen={() => onOpen(at)} /> : <UnreadyTile state={media?.state ?? "pending"} isVideo={(media?.type ?? (file?.type.startsWith("video/") ? "video" : "image")) === "video"} file={file} isSending={media === null} />}
        </li>
      ))}
    </ul>
  );
}

function ReadyTile({ media, sender, onOpen }: { media: MediaView; sender: string; onOpen: () => void }) {
  const isVideo = media.type === "video";
  return (
    <button type="button" aria-label={`Open ${isVideo ? "video" : "photo"}${media.alt ? `: ${media.alt}` : ` by ${sender}`}`} onClick={onOpen} className="absolute inset-0 ring-on-photo">
      <SizedImage media={media} sizes="288px" />
      {isVideo ? (
        <>
          <span className="absolute inset-0 flex scale-75 items-center justify-center"><PlayBadge /></span>
          {media.duration ? <span className="tabular absolute right-1.5 bottom-1.5 rounded-full bg-scrim px-2 text-xs text-white">{clock(media.duration)}</span> : null}
        </>
      ) : null}
    </button>
  );
}

/** A picture of ours in the best format the browser knows. */
export function SizedImage({ media, sizes, fit = "cover", alt = "" }: { media: MediaView; sizes: string; fit?: "cover" | "contain"; alt?: string }) {
  return (
    <picture className="block size-full">
      {media.sources.slice(0, Math.min(1, media.sources.length - 1)).map(({ type, srcset }) => <source key={type} type={type} srcSet={srcset} sizes={sizes} />)}
      <img src={media.urls["640"]} srcSet={media.sources.at(-1)?.srcset || undefined} sizes={sizes} width={media.width || undefined} height={media.height || undefined} alt={alt} loading="lazy" decoding="async" draggable={false} className={cn("size-full", fit === "cover" ? "object-cover" : "object-contain")} />
    </picture>
  );
}

type Unready = { state: MediaView["state"]; isVideo: boolean; file: OutgoingFile | null; isSending: boolean };

function UnreadyTile({ state, isVideo, file, isSending }: Unready) {
  const url = useObjectUrl(file ? (file.thumb ?? (file.type.startsWith("image/") && file.width > 0 ? file.blob : null)) : null);
  const what = isVideo ? "Video" : "Photo";
  const hasFailed = state === "failed";
  return (
    <span role="img" aria-label={hasFailed ? `${what} that could not be prepared` : isSending ? `${what} on its way` : `${what}, being prepared`} className="absolute inset-0 flex items-center justify-center text-muted">
      {url ? <img src={url} alt="" className="absolute inset-0 size-full object-cover" /> : null}
      {hasFailed ? (
        <span className="relative flex flex-col items-center gap-1 rounded-md bg-scrim px-3 py-2 text-center text-xs text-white"><WarningIcon className="size-5" />Could not be prepared</span>
      ) : isSending && url ? null : url ? (
        <span className="absolute right-2 bottom-2 flex rounded-full bg-scrim p-1.5 text-white"><Spinner className="text-sm" /></span>
      ) : isVideo ? <FilmIcon className="animate-breathe" /> : <ImageIcon className="animate-breathe" />}
    </span>
  );
}
