import { capital, nameOf } from "./names";
import type { Draft } from "./types";

/** How far photos and videos are on their way: a bar for the eye, words when something begins or ends. */
export function ShareProgress({ draft, isOnline }: { draft: Draft; isOnline: boolean }) {
  const unsent = draft.photos.filter(({ upload }) => upload.state !== "done").length;
  return (
    <div className="flex min-h-6 flex-col gap-1.5">
      {unsent > 0 ? <Bar share={shareSent(draft)} label={`${capital(nameOf(draft.photos))}s sent`} /> : null}
      <p role="status" className="text-center text-sm text-muted">{statusLine(draft, unsent, isOnline)}</p>
    </div>
  );
}

function Bar({ share, label }: { share: number; label: string }) {
  const percent = Math.round(share * 100);
  return (
    <div role="progressbar" aria-label={label} aria-valuemin={0} aria-valuemax={100} aria-valuenow={percent} className="h-1.5 overflow-hidden rounded-full bg-sunken">
      <div className="h-full origin-left bg-accent-vivid transition-transform rtl:origin-right" style={{ transform: `scaleX(${share})` }} />
    </div>
  );
}

/** 0..1 of all bytes of the draft. */
function shareSent({ photos }: Draft): number {
  const all = photos.reduce((sum, { file }) => sum + file.size, 0);
  const sent = photos.reduce((sum, { file, upload }) => sum + file.size * (upload.state === "done" ? 1 : upload.state === "sending" ? upload.progress : 0), 0);
  return all === 0 ? 0 : sent / all;
}

function statusLine({ isWanted, photos }: Draft, unsent: number, isOnline: boolean): string {
  if (!isOnline) return isWanted ? "It is shared as soon as you are back online." : "";
  const all = nameOf(photos);
  if (unsent === 0) return isWanted ? "Sharing…" : photos.length === 1 ? `The ${all} has arrived.` : `All ${all}s have arrived.`;
  if (photos.some(({ upload }) => upload.state === "failed")) return "";
  const name = nameOf(photos.filter(({ upload }) => upload.state !== "done"));
  const what = photos.length === 1 ? `the ${name}` : unsent === 1 ? `one more ${name}` : `${unsent} ${name}s`;
  if (!isWanted) return `Sending ${what}…`;
  return `Sharing as soon as ${what} ${unsent === 1 ? "has" : "have"} arrived…`;
}
