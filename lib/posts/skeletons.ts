import "server-only";
import { LRUCache } from "lru-cache";
import { type Frame, isComplete, isSettled, makeFrame, readMediaOf } from "./frames";
import { readLasting } from "./rows";
import { type LastingRow, type LastingView, toLastingView } from "./views";

/**
 * What lasts of a post, ready to be shown. `shared` is its view where that is the same for everybody but its author, and `text` the same as JSON
 * without the last brace.
 */
export type Skeleton = { row: LastingRow; frame: Frame; shared: { view: LastingView; text: string } | null };

const MINUTE = 60_000;
const BYTES = 64_000_000;
/** A view takes about so many bytes for each letter of its JSON, with the text itself. */
const BYTES_PER_LETTER = 4;

type Kept = { skeletons: LRUCache<string, Skeleton>; loading: Map<string, Promise<Skeleton | undefined>>; isBypassed: boolean };
// Of the process, also when a bundler loads this module twice.
const holder = globalThis as typeof globalThis & { heliographSkeletons?: Kept };
const kept = (holder.heliographSkeletons ??= {
  skeletons: new LRUCache<string, Skeleton>({ maxSize: BYTES, sizeCalculation: ({ shared, row }) => BYTES_PER_LETTER * (shared?.text.length ?? row.caption.length + 1_500), ttl: 10 * MINUTE }),
  loading: new Map(),
  isBypassed: false,
});

/** What this process knows of a post; of which version it is, is for the caller to compare. */
export const knownSkeleton = (id: string): Skeleton | undefined => (kept.isBypassed ? undefined : kept.skeletons.get(id));

/**
 * What lasts of these posts as it is now. Whoever asks for the same post meanwhile gets the same answer, which may be from just before he asked:
 * again the version tells. Posts that are not there are left out.
 */
export async function loadSkeletons(ids: readonly string[]): Promise<Map<string, Skeleton>> {
  if (ids.length === 0) return new Map();
  const wanted = [...new Set(ids)];
  const missing = wanted.filter((id) => !kept.loading.has(id));
  if (missing.length > 0) {
    const made = make(missing).finally(() => missing.forEach((id) => kept.loading.delete(id)));
    // Each waiter hears of a failure by itself.
    for (const id of missing) kept.loading.set(id, made.then((skeletons) => skeletons.get(id)));
  }
  const found = await Promise.all(wanted.map((id) => kept.loading.get(id)));
  return new Map(found.flatMap((skeleton) => (skeleton ? [[skeleton.row.id, skeleton] as const] : [])));
}

/** Rows first, photos after them: photos that are newer than their row stand under a version that no reader finds any more, the reverse would be kept. */
async function make(ids: readonly string[]): Promise<Map<string, Skeleton>> {
  const rows = await readLasting(`{${ids.join(",")}}`);
  const media = await readMediaOf(rows.map(({ id }) => id));
  return new Map(rows.map((row) => {
    const photos = media.get(row.id)!;
    const skeleton = toSkeleton(row, makeFrame(row, photos));
    if (isSettled(row, photos) && !kept.isBypassed) kept.skeletons.set(row.id, skeleton, { ttl: isComplete(photos) ? 10 * MINUTE : MINUTE / 6 });
    return [row.id, skeleton];
  }));
}

function toSkeleton(row: LastingRow, frame: Frame): Skeleton {
  if (!frame.isPublic) return { row, frame, shared: null };
  const view = toLastingView(row, frame, null);
  return { row, frame, shared: { view, text: JSON.stringify(view).slice(0, -1) } };
}

/** Does something as if nothing were kept, and keeps nothing of it; for tests and benchmarks. */
export async function withoutSkeletons<T>(work: () => Promise<T>): Promise<T> {
  kept.isBypassed = true;
  return work().finally(() => (kept.isBypassed = false));
}

/** Forgets all; for tests. */
export function forgetSkeletons(): void {
  kept.skeletons.clear();
}
