import { AltField } from "./alt-field";
import { type DraftState, isOnItsWay } from "./draft-keeper";
import type { DraftStore } from "./draft-store";
import { PeopleRow } from "./people-row";
import { PhotoPlace } from "./photo-place";
import { PhotoStage } from "./photo-stage";
import { PhotoStrip } from "./photo-strip";
import { type DraftPhoto, isVideo } from "./types";
import { VideoStage } from "./video-stage";

type Props = { state: DraftState; chosen: DraftPhoto; onChoose: (key: string) => void; onFiles: (files: File[]) => void; store: DraftStore };

/** The photos of the draft: the chosen one large, all of them in their order, and the words for the chosen one. */
export function PhotosPart({ state, chosen, onChoose, onFiles, store }: Props) {
  const { draft: { photos }, reading } = state;
  const index = photos.indexOf(chosen);
  const name = isVideo(chosen) ? "video" : "photo";
  return (
    // What is on its way can't be changed any more.
    <section aria-label="Photos" inert={isOnItsWay(state)} className="flex min-w-0 flex-col gap-3">
      {isVideo(chosen) ? <VideoStage key={chosen.key} photo={chosen} index={index} count={photos.length} store={store} /> : <PhotoStage key={chosen.key} photo={chosen} index={index} count={photos.length} store={store} />}
      {/* What can't work another time; the notice beside Share may lie below the screen. */}
      {chosen.upload.state === "failed" && !chosen.upload.canRetry ? <p className="px-4 text-sm text-danger md:px-0">{chosen.upload.reason}</p> : null}
      {photos.length > 1 ? <PhotoPlace name={name} index={index} count={photos.length} onMove={(to) => store.move(index, to)} /> : null}
      <PhotoStrip photos={photos} reading={reading} chosen={chosen.key} onChoose={onChoose} onFiles={onFiles} store={store} />
      {isVideo(chosen) ? null : <PeopleRow key={`${chosen.key}-people`} photo={chosen} name={photos.length > 1 ? `${name} ${index + 1}` : `this ${name}`} onChange={(tags) => store.editPhoto(chosen.key, { tags })} />}
      <AltField className="px-4 md:px-0" name={name} label={photos.length > 1 ? `Alt text of ${name} ${index + 1}` : "Alt text"} value={chosen.alt} onChange={(alt) => store.editPhoto(chosen.key, { alt })} />
    </section>
  );
}
