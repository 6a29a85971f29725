import "server-only";
import type { Source } from "@/db/prepared";
import { type Page, type Slice, sliceOf } from "@/lib/platform/pagination/pagination";
import { type Reader, sourceFor } from "@/lib/platform/viewer/writes";
import { makeFrame, readMediaOf } from "./frames";
import { noteText } from "./json";
import { readPassing, readWhole } from "./rows";
import { knownSkeleton, loadSkeletons, type Skeleton } from "./skeletons";
import type { PostView } from "./types";
import { type PassingRow, toLastingView, toPassingView } from "./views";

type Asker = Reader | null;

const listed = (ids: readonly string[]) => `{${ids.join(",")}}`;

/**
 * The posts of these ids as the viewer may see them, in the order given; what the viewer may not see is left out. One statement says which they are, of what
 * version, and what passes of them; what lasts is known by its version or read beside it. However many posts: one statement when all are known, else three.
 */
export async function hydratePosts(viewer: Asker, ids: readonly string[]): Promise<PostView[]> {
  if (ids.length === 0) return [];
  const viewerId = viewer?.id ?? null;
  const source = sourceFor(viewer);
  if (source === "replica") return inOrder(ids, new Map((await readViews(viewer, ids, source)).map((view) => [view.id, view])));
  const unknown = ids.filter((id) => knownSkeleton(id) === undefined);
  const [rows, loaded] = await Promise.all([readPassing(viewerId, listed(ids)), loadSkeletons(unknown)]);
  return hydratePassing(viewer, ids, rows, loaded);
}

/** The same for posts of which it was just judged, on the primary, that this viewer may see them. `loaded`: what was read of them beside that. */
export async function hydratePassing(viewer: Asker, ids: readonly string[], rows: readonly PassingRow[], loaded: ReadonlyMap<string, Skeleton> = new Map()): Promise<PostView[]> {
  const viewerId = viewer?.id ?? null;
  const wanted = new Set(ids);
  const views = new Map<string, PostView>();
  const take = (row: PassingRow, skeleton: Skeleton | undefined) => {
    if (skeleton?.row.version !== row.version) return false;
    views.set(row.id, toView(row, skeleton, viewerId));
    return true;
  };
  const unknown = rows.filter((row) => wanted.has(row.id) && !take(row, loaded.get(row.id) ?? knownSkeleton(row.id)));
  const fresh = await loadSkeletons(unknown.map(({ id }) => id));
  // Changed between the two statements: judged and read once more, together.
  const changed = unknown.filter((row) => !take(row, fresh.get(row.id))).map(({ id }) => id);
  if (changed.length > 0) for (const view of await readViews(viewer, changed, "primary")) views.set(view.id, view);
  return inOrder(ids, views);
}

/** Begins to read what is not known of posts that will probably be asked for in a moment. */
export function prepareSkeletons(ids: readonly string[]): void {
  // Who then asks for them hears of a failure.
  loadSkeletons(ids.filter((id) => knownSkeleton(id) === undefined)).catch(() => {});
}

function toView(now: PassingRow, { row, frame, shared }: Skeleton, viewerId: string | null): PostView {
  const passing = toPassingView(row, frame, now, viewerId);
  if (shared === null || row.author_id === viewerId) return { ...toLastingView(row, frame, viewerId), ...passing };
  return noteText({ ...shared.view, ...passing }, shared.text, passing);
}

/** Read all at once, and nothing kept. */
async function readViews(viewer: Asker, ids: readonly string[], source: Source): Promise<PostView[]> {
  const viewerId = viewer?.id ?? null;
  const [rows, media] = await Promise.all([readWhole(viewerId, listed(ids), source), readMediaOf(ids)]);
  return rows.map((row) => {
    const frame = makeFrame(row, media.get(row.id)!);
    return { ...toLastingView(row, frame, viewerId), ...toPassingView(row, frame, row, viewerId) };
  });
}

const inOrder = (ids: readonly string[], views: ReadonlyMap<string, PostView>) => ids.flatMap((id) => views.get(id) ?? []);

/** Hydrates ids that were fetched one beyond the page. */
export async function hydrateSlice(viewer: Asker, ids: string[], page: Page): Promise<Slice<PostView>> {
  const { items, nextCursor } = sliceOf(ids, page.limit, (id) => id);
  return { items: await hydratePosts(viewer, items), nextCursor };
}
