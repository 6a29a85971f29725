import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { toast } from "@/components/ui/toast";
import { MAX_CAPTION } from "@/lib/media/limits";
import type { DraftState } from "./draft-keeper";
import type { DraftStore } from "./draft-store";
import { capital, nameOf } from "./names";
import { ShareProgress } from "./share-progress";
import type { DraftPhoto } from "./types";
import { useOnline } from "./use-online";

type Props = { state: DraftState; store: DraftStore };

/** Shares the post, and says in words what it still waits for or what went wrong. */
export function ShareBar({ state, store }: Props) {
  const { draft, isPosting, reading } = state;
  const isOnline = useOnline();
  const isKeeping = state.keeping === "busy";
  const hasFailed = draft.photos.some(({ upload }) => upload.state === "failed");
  const hasArrived = draft.photos.length > 0 && draft.photos.every(({ upload }) => upload.state === "done");
  const tooLong = [...draft.caption].length > MAX_CAPTION;
  return (
    <div className="sticky bottom-[calc(var(--bar)+env(safe-area-inset-bottom,0px))] z-10 -mx-4 flex flex-col gap-3 border-t bg-paper px-4 pt-3 pb-2 md:static md:mx-0 md:border-0 md:bg-transparent md:p-0">
      <Problems state={state} isOnline={isOnline} onRetry={() => store.retryAll()} />
      <div className="flex gap-3">
        {draft.isWanted ? (
          <Button variant="ghost" disabled={isPosting} onClick={() => store.unshare()}>Cancel</Button>
        ) : (
          <>
            <Button variant="ghost" className="max-sm:px-3" disabled={isKeeping} onClick={() => void discard(draft, store)}>Discard</Button>
            <Button variant="secondary" className="max-sm:px-3" loading={isKeeping} disabled={!hasArrived || reading > 0} onClick={() => void store.keep()}>Save draft</Button>
          </>
        )}
        <Button variant="primary" className="flex-1" loading={draft.isWanted} disabled={tooLong || hasFailed || reading > 0 || isKeeping} onClick={() => store.share()}>{draft.scheduledFor ? "Schedule" : "Share"}</Button>
      </div>
      <ShareProgress draft={draft} isOnline={isOnline} />
      {typeof state.keeping === "object" ? <DraftConflict revision={state.keeping.revision} store={store} /> : null}
    </div>
  );
}

async function discard({ server, photos }: DraftState["draft"], store: DraftStore) {
  const bringBack = await store.discard();
  const description = server ? "As it was last saved, it is still among your drafts." : `Its ${nameOf(photos)}s and words are removed from this device.`;
  toast(server ? "Changes discarded" : "Draft discarded", { description, duration: 10_000, action: { label: "Undo", onClick: () => bringBack() || toast.error("The draft was not brought back", { description: "You have begun another one." }) } });
}

/** Another device has saved this draft in the meantime: nothing is written over without asking. */
function DraftConflict({ revision, store }: { revision: number; store: DraftStore }) {
  return (
    <Notice role="alert" title="This draft was changed on another device">
      <p>Keep both, or put what is here in its place?</p>
      <span className="mt-2 flex flex-wrap gap-2">
        <Button size="sm" variant="primary" onClick={() => void store.keep(null)}>Keep both</Button>
        <Button size="sm" onClick={() => void store.keep(revision)}>Replace it</Button>
        <Button size="sm" variant="ghost" onClick={() => store.askLater()}>Not now</Button>
      </span>
    </Notice>
  );
}

function Problems({ state: { draft, shareError, isKept }, isOnline, onRetry }: { state: DraftState; isOnline: boolean; onRetry: () => void }) {
  return (
    <>
      {shareError ? <Notice role="alert" tone="danger" title="Not shared yet">{shareError} Nothing you made here is lost.</Notice> : null}
      <FailedPhotos photos={draft.photos} onRetry={onRetry} />
      {isOnline ? null : <Notice role="status" title="You are offline">The draft is kept on this device and goes on when you are back.</Notice>}
      {isKept ? null : <Notice title="This browser can't keep the draft">Stay on this page until the post is shared.</Notice>}
    </>
  );
}

/** Which photos and videos did not arrive and why; what can't work another time must be taken out. */
function FailedPhotos({ photos, onRetry }: { photos: DraftPhoto[]; onRetry: () => void }) {
  const failed = photos.flatMap(({ type, upload }, index) => (upload.state === "failed" ? [{ type, ...upload, place: index + 1 }] : []));
  if (failed.length === 0) return null;
  const name = nameOf(failed);
  const title = photos.length === 1 ? `The ${name} was not sent` : failed.length === 1 ? `${capital(name)} ${failed[0]!.place} was not sent` : `${failed.length} ${name}s were not sent`;
  const canRetry = failed.some((upload) => upload.canRetry);
  const reasons = [...new Set(failed.map(({ reason }) => reason))];
  return (
    <Notice role="alert" tone="danger" title={title} action={canRetry ? <Button size="sm" onClick={onRetry}>Try again</Button> : null}>
      {reasons.join(" ")} {canRetry ? null : photos.length === 1 ? "Choose another." : `Remove ${failed.length === 1 ? "it" : "them"} to share the rest.`}
    </Notice>
  );
}
