"use client";
import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { Page } from "@/components/ui/page";
import { Skeleton } from "@/components/ui/skeleton";
import { CaptionField } from "./caption-field";
import { type DraftState, draftStore } from "./draft-store";
import { PhotoPicker } from "./photo-picker";
import { PhotoStage } from "./photo-stage";
import { PhotoStrip } from "./photo-strip";
import { PostSettings } from "./post-settings";
import { RefusedFiles } from "./refused-files";
import { ShareBar } from "./share-bar";
import { useDroppedFiles } from "./use-dropped-files";

type Props = { viewer: { id: string; isPrivate: boolean } };

const nothing: DraftState = { draft: { key: "", photos: [], caption: "", place: "", audience: "everyone", commentsEnabled: true, hideLikes: false }, isLoaded: false, isKept: true, refused: [] };
const never = () => () => {};

/** Where a post is made: photos first, then words; everything is kept on the device from the first tap. */
export function Composer({ viewer }: Props) {
  const [isClient, setClient] = useState(false);
  useEffect(() => setClient(true), []);
  const store = useMemo(() => (isClient ? draftStore(viewer.id) : null), [isClient, viewer.id]);
  const state = useSyncExternalStore(store?.subscribe ?? never, store?.snapshot ?? (() => nothing), () => nothing);
  const [chosen, choose] = useState<string | null>(null);
  const frame = useRef<HTMLDivElement>(null);
  const take = async (files: File[]) => {
    const first = await store?.add(files);
    if (first) choose(first);
  };
  const isOver = useDroppedFiles(take);
  const { photos } = state.draft;
  const photo = photos.find(({ key }) => key === chosen) ?? photos[0];

  if (!store || !state.isLoaded) return <ComposerSkeleton />;
  return (
    <Page title="New post" width={photo ? "page" : "column"}>
      <div ref={frame} className="relative">
        <RefusedFiles refused={state.refused} onDismiss={() => store.clearRefused()} />
        {photo ? (
          <div className="grid gap-8 md:grid-cols-[minmax(0,1fr)_22rem] lg:gap-10">
            <section aria-label="Photos" className="flex min-w-0 flex-col gap-4">
              <PhotoStage key={photo.key} photo={photo} index={photos.indexOf(photo)} count={photos.length} store={store} />
              <PhotoStrip photos={photos} chosen={photo.key} onChoose={choose} onFiles={take} store={store} />
            </section>
            <section aria-label="About this post" className="flex flex-col gap-6 px-4 md:px-0">
              <CaptionField value={state.draft.caption} onChange={(caption) => store.edit({ caption })} />
              <PostSettings draft={state.draft} isPrivate={viewer.isPrivate} onChange={(change) => store.edit(change)} />
              <ShareBar state={state} store={store} />
            </section>
          </div>
        ) : (
          <PhotoPicker onFiles={take} />
        )}
        {isOver ? <DropVeil /> : null}
      </div>
    </Page>
  );
}

function DropVeil() {
  return (
    <div aria-hidden className="pointer-events-none fixed inset-3 z-50 flex items-center justify-center rounded-xl border-2 border-dashed border-accent bg-paper/85">
      <p className="text-xl font-semibold text-accent">Drop the photos anywhere</p>
    </div>
  );
}

function ComposerSkeleton() {
  return (
    <Page title="New post">
      <Skeleton className="mx-4 aspect-[4/3] rounded-lg md:mx-0" />
    </Page>
  );
}
