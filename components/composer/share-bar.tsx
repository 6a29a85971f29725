import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Notice } from "@/components/ui/notice";
import { toast } from "@/components/ui/toast";
import { MAX_CAPTION } from "@/lib/media/limits";
import type { DraftState, DraftStore } from "./draft-store";
import { ask, SendError } from "./send-file";
import type { Draft } from "./types";

type Props = { state: DraftState; store: DraftStore };

/** Shares the post, and says in words what it still waits for or what went wrong. */
export function ShareBar({ state: { draft, isKept }, store }: Props) {
  const router = useRouter();
  const isOnline = useOnline();
  const [wanted, want] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const [discarding, setDiscarding] = useState(false);
  const failed = draft.photos.filter(({ upload }) => upload.state === "failed");
  const unsent = draft.photos.filter(({ upload }) => upload.state !== "done").length;
  const tooLong = [...draft.caption].length > MAX_CAPTION;

  async function share() {
    setError(null);
    try {
      const post = await ask<{ shortcode: string }>("/api/posts", bodyOf(draft), undefined, { "idempotency-key": draft.key });
      await store.discard();
      toast.success("Your post is on its way.");
      router.push("/");
      router.refresh();
      return post;
    } catch (problem) {
      want(false);
      resendMissing(problem, draft, store);
      setError(problem instanceof SendError ? problem.message : "The post could not be shared. Try again.");
    }
  }

  // "Share" may be pressed while photos are still on their way: it happens as soon as the last one has arrived.
  useEffect(() => {
    if (!wanted) return;
    if (failed.length > 0) return want(false);
    if (unsent === 0 && isOnline) void share();
  }, [wanted, unsent, failed.length, isOnline]);

  return (
    <div className="sticky bottom-[calc(var(--bar)+env(safe-area-inset-bottom,0px))] z-10 -mx-4 flex flex-col gap-3 border-t bg-paper px-4 py-3 md:static md:mx-0 md:border-0 md:bg-transparent md:p-0">
      {error ? <Notice role="alert" tone="danger" title="Not shared yet">{error} Nothing is lost.</Notice> : null}
      {failed.length > 0 ? <FailedPhotos count={failed.length} reason={failed[0]!.upload.state === "failed" ? failed[0]!.upload.reason : ""} onRetry={() => store.retryAll()} /> : null}
      {isOnline ? null : <Notice role="status" title="You are offline">Your draft is kept on this device and goes on when you are back.</Notice>}
      {isKept ? null : <Notice title="This browser can't keep the draft">Stay on this page until the post is shared.</Notice>}
      <div className="flex gap-3">
        <Button variant="ghost" onClick={() => setDiscarding(true)} disabled={wanted}>Discard</Button>
        <Button variant="primary" className="flex-1" loading={wanted} disabled={tooLong || failed.length > 0} onClick={() => want(true)}>Share</Button>
      </div>
      <p role="status" className="min-h-5 text-center text-sm text-muted">{statusLine(wanted, unsent)}</p>
      <ConfirmDialog open={discarding} onOpenChange={setDiscarding} title="Discard this draft?" confirm="Discard" danger onConfirm={() => store.discard()}>
        Its photos and words are removed from this device.
      </ConfirmDialog>
    </div>
  );
}

function FailedPhotos({ count, reason, onRetry }: { count: number; reason: string; onRetry: () => void }) {
  return (
    <Notice role="alert" tone="danger" title={count === 1 ? "One photo was not sent" : `${count} photos were not sent`} action={<Button size="sm" onClick={onRetry}>Try again</Button>}>
      {reason}
    </Notice>
  );
}

function statusLine(wanted: boolean, unsent: number): string {
  if (unsent === 0) return wanted ? "Sharing…" : "All photos have arrived.";
  const photos = unsent === 1 ? "one photo" : `${unsent} photos`;
  return wanted ? `Sharing as soon as ${photos} have arrived…`.replace("one photo have", "one photo has") : `Sending ${photos}…`;
}

/** The body of `POST /api/posts`. */
function bodyOf(draft: Draft) {
  return {
    media: draft.photos.map(({ upload, alt, crop }) => ({ id: upload.state === "done" ? upload.mediaId : "", alt, ...(crop ? { crop } : {}) })),
    caption: draft.caption,
    ...(draft.place.trim() ? { location: draft.place.trim() } : {}),
    audience: draft.audience,
    comments_enabled: draft.commentsEnabled,
    like_count_hidden: draft.hideLikes,
  };
}

/** Photos that the server names as gone (an old draft whose uploads were swept) go again from the device. */
function resendMissing(problem: unknown, draft: Draft, store: DraftStore) {
  const fields = (problem as { fields?: Record<string, string> }).fields ?? {};
  for (const name of Object.keys(fields)) {
    const index = /^media\.(\d+)/.exec(name)?.[1];
    const photo = index === undefined ? undefined : draft.photos[Number(index)];
    if (photo?.upload.state === "done") store.resend(photo.upload.mediaId);
  }
}

function useOnline(): boolean {
  const [isOnline, setOnline] = useState(true);
  useEffect(() => {
    const look = () => setOnline(navigator.onLine);
    look();
    window.addEventListener("online", look);
    window.addEventListener("offline", look);
    return () => {
      window.removeEventListener("online", look);
      window.removeEventListener("offline", look);
    };
  }, []);
  return isOnline;
}
