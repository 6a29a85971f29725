import "server-only";
import type { Source } from "@/db/prepared";
import { type Page, type Slice, sliceOf } from "@/lib/platform/pagination/pagination";
import { type A_FOLLOWER, asForOthers } from "@/lib/platform/visibility/visibility";
import { type Reader, sourceFor } from "@/lib/platform/viewer/writes";
import { type Beside, readBeside } from "./beside";
import { makeFrame, readMediaOf } from "./frames";
import { noteText } from "./json";
import { readDeleted, readPassing, readWhole, readWholeAs, type WholeRow } from "./rows";
import { knownSkeleton, loadSkeletons, type Skeleton } from "./skeletons";
import type { PostView } from "./types";
import { type PassingRow, toLastingView, toPassingView } from "./views";

type Asker = Reader | null;

const listed = (ids: readonly string[]) => `{${ids.join(",")}}`;

/**
 * The posts of these ids as the viewer may see them, in the order given; what the viewer may not see is left out. One statement says which they are, of what
 * version, and what passes of them; what lasts is known by its version or read beside it. However many posts: one statement when all are known, else three. Of a single post nothing is read before
 * it was judged: else one that is hidden could be told, by the time it takes, from one that never was.
 */
export async function hydratePosts(viewer: Asker, ids: readonly string[]): Promise<PostView[]> {
  if (ids.length === 0) return [];
  const viewerId = viewer?.id ?? null;
  const source = sourceFor(viewer);
  if (source === "replica") return inOrder(ids, new Map((await readViews(viewer, ids, source)).map((view) => [view.id, view])));
  const unknown = ids.length === 1 ? [] : ids.filter((id) => knownSkeleton(id) === undefined);
  const [rows, loaded] = await Promise.all([readPassing(viewerId, listed(ids)), loadSkeletons(unknown)]);
  return hydratePassing(viewer, ids, rows, loaded);
}

/** The same for posts of which it was just judged, on the primary, that this viewer may see them. `loaded`: what was read of them beside that. */
export async function hydratePassing(viewer: Asker, ids: readonly string[], rows: readonly PassingRow[], loaded: ReadonlyMap<string, Skeleton> = new Map()): Promise<PostView[]> {
  const viewerId = viewer?.id ?? null;
  const wanted = new Set(ids);
  const taken: { now: PassingRow; skeleton: Skeleton }[] = [];
  const take = (now: PassingRow, skeleton: Skeleton | undefined) => skeleton?.row.version === now.version && taken.push({ now, skeleton }) > 0;
  const unknown = rows.filter((row) => wanted.has(row.id) && !take(row, loaded.get(row.id) ?? knownSkeleton(row.id)));
  const fresh = await loadSkeletons(unknown.map(({ id }) => id));
  // Changed between the two statements: judged and read once more, together.
  const changed = unknown.filter((row) => !take(row, fresh.get(row.id))).map(({ id }) => id);
  const [beside, again] = await Promise.all([readBeside(viewerId, taken.map(({ now, skeleton: { row, frame } }) => ({ row, frame, now }))), changed.length > 0 ? readViews(viewer, changed, "primary") : []]);
  return inOrder(ids, new Map([...taken.map(({ now, skeleton }) => [now.id, toView(now, skeleton, viewerId, beside)] as const), ...again.map((view) => [view.id, view] as const)]));
}

/** Gives a view its people; the same view where there are none. */
function withOthers(view: PostView, { people, collaborators }: Beside): PostView {
  const authors = collaborators.get(view.id);
  if (!authors && !view.media.some((item) => people.has(item.id))) return view;
  return { ...view, collaborators: authors ?? view.collaborators, media: view.media.map((item) => (people.has(item.id) ? { ...item, tags: people.get(item.id)! } : item)) };
}

/** Begins to read what is not known of posts that will probably be asked for in a moment. */
export function prepareSkeletons(ids: readonly string[]): void {
  // Who then asks for them hears of a failure.
  loadSkeletons(ids.filter((id) => knownSkeleton(id) === undefined)).catch(() => {});
}

function toView(now: PassingRow, { row, frame, shared }: Skeleton, viewerId: string | null, beside: Beside): PostView {
  const passing = toPassingView(row, frame, now, viewerId, beside);
  if (shared === null || row.author_id === viewerId) return withOthers({ ...toLastingView(row, frame, viewerId), ...passing }, beside);
  // A view that gets people is another one, of which no text is known.
  return withOthers(noteText({ ...shared.view, ...passing }, shared.text, passing), beside);
}

/** Read all at once, and nothing kept. `eyesId`: whose eyes the photos' addresses are for. */
async function viewsOf(ids: readonly string[], reading: WholeRow[] | Promise<WholeRow[]>, viewerId: string | null, eyesId = viewerId): Promise<PostView[]> {
  const [rows, media] = await Promise.all([reading, readMediaOf(ids)]);
  const framed = rows.map((row) => ({ row, now: row, frame: makeFrame(row, media.get(row.id)!) }));
  // What somebody else did, and whom they block, is not told to who only looks as they would.
  const beside = await readBeside(eyesId === viewerId ? viewerId : null, framed);
  return framed.map(({ row, frame }) => withOthers({ ...toLastingView(row, frame, eyesId), ...toPassingView(row, frame, row, viewerId, beside) }, beside));
}

const readViews = (viewer: Asker, ids: readonly string[], source: Source) => viewsOf(ids, readWhole(viewer?.id ?? null, listed(ids), source), viewer?.id ?? null);

/** The author's own deleted posts, as nobody else sees them any more. */
export async function hydrateDeleted(author: { id: string }, ids: readonly string[]): Promise<PostView[]> {
  if (ids.length === 0) return [];
  const views = await viewsOf(ids, readDeleted(author.id, listed(ids)), author.id);
  return inOrder(ids, new Map(views.map((view) => [view.id, view])));
}

/**
 * A person's own posts of these ids as somebody else may see them, for that person to look at: what `as` liked, saved and reposted, and what they do not want
 * to read, is theirs and not told; addresses of photos are the owner's own. Of posts that others made with the owner `asForOthers` says what is seen.
 */
export async function hydratePostsAs(ownerId: string, as: As, ids: readonly string[]): Promise<PostView[]> {
  if (ids.length === 0) return [];
  const own = (await readWholeAs(as, listed(ids))).filter((row) => row.author_id === ownerId).map(unanswered);
  const rest = ids.filter((id) => !own.some((row) => row.id === id));
  const [views, others] = await Promise.all([viewsOf(own.map(({ id }) => id), own, typeof as === "string" ? as : null, ownerId), hydrateOthersAs(ownerId, asForOthers(as), rest)]);
  return inOrder(ids, new Map([...views, ...others].map((view) => [view.id, view])));
}

type As = string | null | typeof A_FOLLOWER;
const unanswered = (row: WholeRow): WholeRow => ({ ...row, is_liked: false, is_saved: false, is_reposted: false, sensitive_level: null, hides_likes: false, hidden_words: null, has_blocks: false });

/** The posts that others made with this person, as far as both the owner and the onlooker see them. */
async function hydrateOthersAs(ownerId: string, as: null | typeof A_FOLLOWER, ids: readonly string[]): Promise<PostView[]> {
  if (ids.length === 0) return [];
  const [found, seen] = await Promise.all([readWholeAs(as, listed(ids)), readPassing(ownerId, listed(ids))]);
  const rows = found.filter((row) => row.author_id !== ownerId && seen.some(({ id }) => id === row.id));
  return viewsOf(rows.map(({ id }) => id), rows, null, ownerId);
}

const inOrder = (ids: readonly string[], views: ReadonlyMap<string, PostView>) => ids.flatMap((id) => views.get(id) ?? []);

/** Hydrates ids that were fetched one beyond the page. */
export async function hydrateSlice(viewer: Asker, ids: string[], page: Page): Promise<Slice<PostView>> {
  const { items, nextCursor } = sliceOf(ids, page.limit, (id) => id);
  return { items: await hydratePosts(viewer, items), nextCursor };
}
