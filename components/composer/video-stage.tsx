import { FilmIcon } from "@/components/ui/icons";
import { type DraftPhoto, isShowable } from "./types";
import { useObjectUrl } from "./use-object-url";

type Props = { photo: DraftPhoto; index: number; count: number };

/** One video large, as it was filmed. */
export function VideoStage({ photo, index, count }: Props) {
  const url = useObjectUrl(photo.file);
  return (
    <div className="relative h-[min(56dvh,36rem)] overflow-hidden bg-black md:rounded-lg">
      {isShowable(photo) && url ? (
        // oxlint-disable-next-line jsx-a11y/media-has-caption -- subtitles come when it is posted
        <video src={url} aria-label={photo.alt.trim() || `Video ${index + 1} of ${count}`} controls playsInline preload="metadata" className="size-full object-contain" />
      ) : (
        <div className="flex size-full flex-col items-center justify-center gap-3 bg-sunken px-6 text-center text-muted">
          <FilmIcon className="size-12" />
          <p className="text-sm">Preview after posting: this browser can’t play this kind of video, but everybody will see yours.</p>
        </div>
      )}
    </div>
  );
}
