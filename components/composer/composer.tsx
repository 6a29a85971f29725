"use client";
import { useRouter } from "next/navigation";
import { useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { CollaboratorsRow } from "@/components/people/collaborators-row";
import { Page } from "@/components/ui/page";
import type { CircleView } from "@/lib/graph/types";
import { CaptionField } from "./caption-field";
import { ComposerSkeleton } from "./composer-skeleton";
import { DraftList } from "./draft-list";
import { isOnItsWay } from "./draft-keeper";
import { draftStore } from "./draft-store";
import { PhotoPicker } from "./photo-picker";
import { PhotosPart } from "./photos-part";
import { PostSettings } from "./post-settings";
import { RefusedFiles } from "./refused-files";
import { ShareBar } from "./share-bar";
import { WhenRow } from "./when-row";
import { useDroppedFiles } from "./use-dropped-files";

type Props = { viewer: { id: string; isPrivate: boolean }; circles: CircleView[]; /** Whether this server can make videos ready. */ takesVideos: boolean };

/** Where a post is made: photos first, then words; everything is kept on the device from the first tap. */
export function Composer({ viewer, circles, takesVideos }: Props) {
  const store = useMemo(() => draftStore(viewer.id), [viewer.id]);
  const state = useSyncExternalStore(store.subscribe, store.snapshot);
  const [chosen, choose] = useState<string | null>(null);
  useLeaveWhenPosted(state.posted, store);
  const take = async (files: File[]) => {
    const first = await store.add(files);
    if (first) choose(first);
  };
  const isOver = useDroppedFiles(take);
  const { draft } = state;
  const photo = draft.photos.find(({ key }) => key === chosen) ?? draft.photos[0];

  if (!state.isLoaded || state.posted || (!photo && state.reading > 0)) return <ComposerSkeleton />;
  return (
    <Page title="New post" width={photo ? "page" : "column"}>
      <RefusedFiles refused={state.refused} onDismiss={() => store.clearRefused()} />
      {photo ? (
        <div className="grid grid-cols-1 gap-6 md:grid-cols-[minmax(0,1fr)_20rem] md:gap-8 lg:grid-cols-[minmax(0,1fr)_22rem] lg:gap-10">
          <PhotosPart state={state} chosen={photo} onChoose={choose} onFiles={take} store={store} />
          <section aria-label="About this post" className="flex flex-col gap-6 px-4 md:px-0">
            <div inert={isOnItsWay(state)} className="flex flex-col gap-6">
              <CaptionField value={draft.caption} onChange={(caption) => store.edit({ caption })} />
              <CollaboratorsRow names={draft.collaborators} onChange={(collaborators) => store.edit({ collaborators })} />
              <WhenRow at={draft.scheduledFor} onChange={(scheduledFor) => store.edit({ scheduledFor })} />
              <PostSettings draft={draft} isPrivate={viewer.isPrivate} circles={circles} onChange={(change) => store.edit(change)} />
            </div>
            <ShareBar state={state} store={store} />
          </section>
        </div>
      ) : (
        <>
          <PhotoPicker onFiles={take} takesVideos={takesVideos} />
          <DraftList opening={state.opening} onOpen={(kept) => void store.open(kept)} />
        </>
      )}
      {isOver ? <DropVeil /> : null}
    </Page>
  );
}

/** The feed, where the author sees the new post first. */
function useLeaveWhenPosted(posted: string | null, store: { acknowledge: () => void }) {
  const router = useRouter();
  useEffect(() => {
    if (!posted) return;
    router.push("/");
    router.refresh();
  }, [posted, router]);
  useEffect(() => () => store.acknowledge(), [store]);
}

function DropVeil() {
  return (
    <div aria-hidden className="pointer-events-none fixed inset-3 z-50 flex items-center justify-center rounded-xl border-2 border-dashed border-accent bg-paper/85">
      <p className="text-xl font-semibold text-accent">Drop the photos anywhere</p>
    </div>
  );
}
