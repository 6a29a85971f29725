import { CameraIcon } from "@/components/ui/icons";
import { cameraText } from "@/lib/media/camera-text";
import type { MediaView } from "@/lib/media/types";

type Props = { media: MediaView[]; /** With lenses, and each photo of several. */ whole?: boolean };

/** What the photos were taken with, where the author shows it. */
export function CameraLines({ media, whole = false }: Props) {
  const lines = media.flatMap(({ camera }, i) => (camera ? [{ place: i + 1, text: textOf(camera, whole) }] : []));
  const texts = [...new Set(lines.map(({ text }) => text))].filter(Boolean);
  if (texts.length === 0) return null;
  // On the post's own page it is told which photos a line stands for, unless it stands for all.
  const isOne = texts.length === 1 && (!whole || lines.length === media.length);
  const cameras = [...new Set(media.flatMap(({ camera }) => camera?.name ?? []))];
  return (
    <div className="mt-1.5 flex gap-1.5 text-sm text-muted">
      <CameraIcon aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
      <span className="sr-only">Taken with</span>
      {isOne ? <p>{texts[0]}</p> : whole ? <ol>{lines.map(({ place, text }) => <li key={place}>{`${place}. ${text}`}</li>)}</ol> : <p>{cameras.join(", ") || texts[0]}</p>}
    </div>
  );
}

const textOf = (camera: NonNullable<MediaView["camera"]>, whole: boolean) => [cameraText(camera), whole ? camera.lens : null].filter(Boolean).join(" · ");
