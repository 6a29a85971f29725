import type { PointedPerson } from "@/components/composer/types";
import type { MediaView } from "@/lib/media/types";
import type { PostView } from "@/lib/posts/types";

/** One item of a post that is being edited; `replacement` is a new upload for its place. */
export type EditItem = { id: string; type: MediaView["type"]; alt: string; url: string; large: string; ratio: number; tags: PointedPerson[]; kept: Kept; replacement: Replacement | null };
/** What of a photo's facts readers see, and what its author keeps; left out: as it is. */
export type Kept = { show_camera?: boolean; keep_place?: boolean };
export type Replacement =
  | { state: "sending"; progress: number; preview: string | null; type: MediaView["type"] }
  | { state: "done"; mediaId: string; preview: string | null; type: MediaView["type"] }
  | { state: "failed"; reason: string };

/** What the author has changed so far. */
export type PostEditDraft = { caption: string; place: string; collaborators: string[]; items: EditItem[] };

export const draftOf = ({ caption, location, collaborators, media }: PostView): PostEditDraft => ({
  caption, place: location?.name ?? "", collaborators: collaborators.map(({ username }) => username),
  items: media.map(({ id, type, alt, urls, width, height, tags }) => ({
    id, type, alt, url: urls["320"], large: urls["1080"], ratio: width > 0 && height > 0 ? width / height : 1, tags: tags.map(({ username, x, y }) => ({ username, x, y })), kept: {}, replacement: null,
  })),
});

/** What differs from the post, as the API takes it; null when nothing does. */
export function changesOf(draft: PostEditDraft, post: PostView): object | null {
  const was = draftOf(post);
  const items = JSON.stringify(draft.items.map(({ id, alt, tags, kept }) => [id, alt, tags, kept])) !== JSON.stringify(was.items.map(({ id, alt, tags, kept }) => [id, alt, tags, kept]));
  const changes = {
    ...(draft.caption === was.caption ? {} : { caption: draft.caption }),
    // A place that keeps its name keeps its point on the map.
    ...(draft.place.trim() === was.place ? {} : { location: draft.place.trim() || null }),
    ...(draft.collaborators.join() === was.collaborators.join() ? {} : { collaborators: draft.collaborators }),
    ...(items || draft.items.some((item) => item.replacement) ? { media: draft.items.map((item) => toHeld(item, was.items.find(({ id }) => id === item.id)?.tags)) } : {}),
  };
  return Object.keys(changes).length === 0 ? null : changes;
}

/** People are named only where they changed: the others stay, also those whom the author does not see just now, and on a photo that takes the place of another. */
function toHeld({ id, alt, tags, kept, replacement }: EditItem, was: PointedPerson[] = []) {
  const people = JSON.stringify(tags) === JSON.stringify(was) ? {} : { tags };
  return replacement?.state === "done" ? { id: replacement.mediaId, replaces: id, alt, ...(replacement.type === "image" ? people : {}) } : { id, alt, ...people, ...kept };
}

/**
 * What was typed, put upon what is there now: the words stay the author's, photos that are gone are gone, new ones come
 * last. People who went meanwhile (they may have taken themselves off) stay away, and are named in `gone`.
 */
export function rebase(draft: PostEditDraft, was: PostView, now: PostView): PostEditDraft & { gone: string[] } {
  const [original, current] = [draftOf(was), draftOf(now)];
  const gone = new Set<string>();
  const without = <P>(wanted: P[], before: P[], there: P[], nameOf: (person: P) => string): P[] => {
    const has = (people: P[], person: P) => people.some((one) => nameOf(one) === nameOf(person));
    const left = (person: P) => has(before, person) && !has(there, person);
    for (const person of wanted) if (left(person)) gone.add(nameOf(person));
    return JSON.stringify(wanted) === JSON.stringify(before) ? there : wanted.filter((person) => !left(person));
  };
  const kept = draft.items.flatMap((item) => {
    const there = current.items.find(({ id }) => id === item.id);
    const before = original.items.find(({ id }) => id === item.id)?.tags ?? [];
    return there ? [{ ...there, alt: item.alt, tags: without(item.tags, before, there.tags, ({ username }) => username), kept: item.kept, replacement: item.replacement }] : [];
  });
  const removed = new Set(original.items.map(({ id }) => id).filter((id) => !draft.items.some((item) => item.id === id)));
  const added = current.items.filter((item) => !kept.some(({ id }) => id === item.id) && !removed.has(item.id));
  return {
    caption: draft.caption === original.caption ? current.caption : draft.caption,
    place: draft.place === original.place ? current.place : draft.place,
    collaborators: without(draft.collaborators, original.collaborators, current.collaborators, (name) => name),
    items: [...kept, ...added],
    gone: [...gone],
  };
}
