import { isNothing, toEditView } from "@/lib/media/edit/view";
import { ask, insist, SendError } from "./ask";
import type { Draft } from "./types";

export type Posted = { id: string; shortcode: string; media: { id: string }[] };

/** The words of a post in the API's shape. */
function wordsOf(draft: Draft) {
  return { caption: draft.caption, location: draft.place.trim() || null, audience: draft.audience, comments_enabled: draft.commentsEnabled, like_count_hidden: draft.hideLikes };
}

const mediaOf = (draft: Draft) =>
  draft.photos.map(({ upload, alt, edit }) => ({
    id: upload.state === "done" ? upload.mediaId : "", alt, ...(edit && !isNothing(edit) ? { edit: toEditView(edit) } : {}), show_camera: draft.showCamera, keep_place: draft.keepPlace,
  }));

/** Everything the server is told, as text, to see whether it was changed after an attempt. */
export const fingerprint = (draft: Draft) => JSON.stringify([wordsOf(draft), mediaOf(draft)]);

/**
 * Makes the post, once however often it is called with the same draft: the draft's key is the Idempotency-Key. An
 * attempt whose answer was lost may have worked; what was changed since is then brought to the post that exists.
 */
export async function postDraft(draft: Draft): Promise<Posted> {
  const post = await insist(undefined, () => ask<Posted>("/api/posts", { media: mediaOf(draft), ...wordsOf(draft) }, { headers: { "idempotency-key": draft.key } }));
  if (draft.tried !== null && draft.tried !== fingerprint(draft)) await bringChanges(draft, post);
  return post;
}

async function bringChanges(draft: Draft, post: Posted): Promise<void> {
  const there = new Set(post.media.map(({ id }) => id));
  const alt = Object.fromEntries(mediaOf(draft).filter(({ id }) => there.has(id)).map(({ id, alt: text }) => [id, text]));
  await insist(undefined, () => ask(`/api/posts/${post.id}`, { ...wordsOf(draft), alt }, { method: "PATCH" }));
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
