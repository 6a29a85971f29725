import { isNothing, toEditView } from "@/lib/media/edit/view";
import { ask, insist, SendError } from "./ask";
import type { Draft } from "./types";

export type Posted = { id: string; shortcode: string; status: string; scheduled_for?: string; media: { id: string }[] };

/** The words of a post in the API's shape. */
function wordsOf(draft: Draft) {
  const audience = draft.audience === "circles" ? { audience: draft.audience, circle_ids: draft.circleIds } : { audience: draft.audience };
  return { caption: draft.caption, location: draft.place.trim() || null, ...audience, comments_enabled: draft.commentsEnabled, like_count_hidden: draft.hideLikes, is_sensitive: draft.isSensitive ?? false, reposts_enabled: draft.repostsEnabled ?? true };
}

const mediaOf = (draft: Draft) =>
  draft.photos.map(({ upload, alt, edit, tags }) => ({
    id: upload.state === "done" ? upload.mediaId : "", alt, ...(edit && !isNothing(edit) ? { edit: toEditView(edit) } : {}), ...(tags?.length ? { tags } : {}), show_camera: draft.showCamera, keep_place: draft.keepPlace,
  }));

const restOf = (draft: Draft) => ({ scheduled_for: draft.scheduledFor, collaborators: draft.collaborators });

/** Everything the server is told, as text, to see what was changed after an attempt. */
export const fingerprint = (draft: Draft) => JSON.stringify([wordsOf(draft), mediaOf(draft), restOf(draft)]);
type Tried = [words: object, media?: ReturnType<typeof mediaOf>, rest?: ReturnType<typeof restOf>];

/**
 * Makes the post, once however often it is called with the same draft: the draft's key is the Idempotency-Key. An
 * attempt whose answer was lost may have worked; what was changed since is then brought to the post that exists.
 */
export async function postDraft(draft: Draft): Promise<Posted> {
  const post = await insist(undefined, () => ask<Posted>("/api/posts", { media: mediaOf(draft), ...wordsOf(draft), ...restOf(draft), draft_id: draft.server?.id ?? null }, { headers: { "idempotency-key": draft.key } }));
  return draft.tried !== null && draft.tried !== fingerprint(draft) ? bringChanges(draft, JSON.parse(draft.tried) as Tried, post) : post;
}

const isSame = (one: unknown, other: unknown) => JSON.stringify(one ?? []) === JSON.stringify(other ?? []);

/** People only where they changed: who took themselves off meanwhile must not be named again. The time only while the post waits for one. */
async function bringChanges(draft: Draft, [, triedMedia, triedRest]: Tried, post: Posted): Promise<Posted> {
  const there = new Set(post.media.map(({ id }) => id));
  const before = new Map(triedMedia?.map((item) => [item.id, item]));
  const media = mediaOf(draft).filter(({ id }) => there.has(id)).map(({ id, alt, tags }) => ({ id, alt, ...(isSame(tags, before.get(id)?.tags) ? {} : { tags: tags ?? [] }) }));
  const { scheduled_for: time, collaborators } = restOf(draft);
  const waits = post.status === "scheduled";
  const changed = await insist(undefined, () => ask<Posted>(`/api/posts/${post.id}`, {
    ...wordsOf(draft),
    ...(media.length > 0 ? { media } : {}),
    ...(triedRest && !isSame(collaborators, triedRest.collaborators) ? { collaborators } : {}),
    ...(waits && time !== null ? { scheduled_for: time } : {}),
  }, { method: "PATCH" }));
  return waits && time === null ? insist(undefined, () => ask<Posted>(`/api/posts/${post.id}/publish`, null)) : changed;
}

/** Photos of the draft that an earlier attempt, which had worked after all, did not have. */
export function photosLeftOver(draft: Draft, post: Posted) {
  const there = new Set(post.media.map(({ id }) => id));
  return draft.photos.filter(({ upload }) => upload.state !== "done" || !there.has(upload.mediaId));
}

/** Photos that the server names as gone (an old draft whose uploads were swept): they must go again from the device. */
export function photosMissing(problem: unknown, draft: Draft): string[] {
  if (!(problem instanceof SendError)) return [];
  const places = Object.keys(problem.fields).map((name) => /^media\.(\d+)(\.id)?$/.exec(name)?.[1]);
  return places.flatMap((place) => (place === undefined ? [] : (draft.photos[Number(place)]?.key ?? [])));
}

/** Whether the post may exist although no answer came. */
export const isUncertain = (problem: unknown) => !(problem instanceof SendError) || problem.status === null || problem.status >= 500;

/** What went wrong, for the person who pressed Share. */
export function shareProblem(problem: unknown): string {
  if (!(problem instanceof SendError)) return "The post could not be shared. Try again.";
  if (problem.status === null) return "The connection was lost before the answer came. Press Share again: it is posted only once.";
  return problem.message;
}
