import "server-only";
import { sql } from "drizzle-orm";
import { z } from "zod";
import { db, type Transaction } from "@/db/client";
import { dropWish, type EditState, makeWanted, readEdit, takeWanted, wantEdit } from "@/lib/media/changed-edit";
import type { MediaEdit } from "@/lib/media/edit/types";
import { type EditView, toEditView } from "@/lib/media/edit/view";
import { sourceUrl, uncutUrl } from "@/lib/media/urls";
import { followCaptions, makeWantedVideo, takeWantedVideo } from "@/lib/media/video/changed-video";
import { removeVersion } from "@/lib/media/sweep";
import { wantUncut } from "@/lib/media/video/uncut";
import { notFound } from "@/lib/platform/errors";
import { idSchema } from "@/lib/platform/ids";
import { defineJob } from "@/lib/platform/jobs/define";
import { announce, enqueue } from "@/lib/platform/jobs/queue";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { problemText } from "./problem";

type Author = Pick<Viewer, "id">;

/** What the editor of a photo or video that is out begins with; sizes and `duration` (seconds) are those of the file that was brought. */
export type MediaEditState = {
  media_id: string; kind: "image" | "video"; edit: EditView | null; is_changing: boolean;
  /** Of a video that is being made anew, 0 to 100; null before that begins. */
  progress: number | null;
  /** Why the last change came to nothing, in words. */
  problem: string | null;
  /** The file as it was brought, for its author alone; null while there is nothing of a video yet to edit it by. */
  source_url: string | null; source_progress: number | null; source_problem: string | null;
  width: number; height: number; duration: number | null;
};

function toView(author: Author, state: EditState): MediaEditState {
  const { id, kind, version, edit, isChanging, progress, problem, source, duration, uncut } = state;
  const url = kind === "image" ? sourceUrl({ id, version }, author.id) : uncutUrl(state, author.id);
  return {
    media_id: id, kind, edit: edit && toEditView(edit), is_changing: isChanging, progress, problem: problem && problemText(problem), source_url: url,
    source_progress: url === null ? uncut.uncut_progress : null, source_problem: url === null && uncut.uncut_problem ? problemText(uncut.uncut_problem) : null, ...source, duration,
  };
}

/** To its author alone; not_found for everybody else, conflict while it is being prepared. */
export const getMediaEdit = async (author: Author, mediaId: string) => toView(author, await readEdit(db(), author, mediaId));

/**
 * Edits what is out anew. The old version stays until the new one is made: of a photo a moment later, of a video in about
 * its own length. Setting the same again changes nothing; another wish takes the place of one that is being made. Throws
 * as `getMediaEdit`, and invalid.
 */
export async function changeMediaEdit(author: Author, mediaId: string, edit: MediaEdit): Promise<MediaEditState> {
  return db().transaction(async (tx) => {
    const postId = await needPostOf(tx, mediaId, author.id);
    const before = await readEdit(tx, author, mediaId);
    const wanted = await wantEdit(tx, author, mediaId, edit);
    if (wanted) await enqueue(tx, wanted.kind === "video" ? changeVideo : changePhoto, { mediaId, version: wanted.version });
    if (wanted || before.isChanging || before.problem !== null) await touch(tx, postId);
    return toView(author, await readEdit(tx, author, mediaId));
  });
}

/** Has the whole of a video made ready for its editor, if that has to be made. Repeating it changes nothing. Throws as `getMediaEdit`. */
export async function askForSource(author: Author, mediaId: string): Promise<MediaEditState> {
  return db().transaction(async (tx) => {
    const state = await readEdit(tx, author, mediaId);
    if (state.kind === "image" || (uncutUrl(state, author.id) !== null && state.uncut.uncut_version === null)) return toView(author, state);
    await wantUncut(tx, mediaId);
    return toView(author, await readEdit(tx, author, mediaId));
  });
}

/** Posts before their media, as everywhere: else two transactions could wait for each other. Null when there is none that stands. */
async function lockPostOf(tx: Transaction, mediaId: string, authorId: string | null): Promise<string | null> {
  const [post] = await tx.execute<{ id: string }>(sql`
    select p.id from posts p where p.id = (select post_id from media where id = ${mediaId}::bigint) and p.deleted_at is null
      and (${authorId}::bigint is null or p.author_id = ${authorId}::bigint) for update`);
  return post?.id ?? null;
}

async function needPostOf(tx: Transaction, mediaId: string, authorId: string): Promise<string> {
  const postId = await lockPostOf(tx, mediaId, authorId);
  if (postId === null) throw notFound();
  return postId;
}

/** What is kept of a post is told apart by its time of change: its author sees that something is being made, or was not. */
const touch = (tx: Transaction, postId: string) => tx.execute(sql`update posts set updated_at = now() where id = ${postId}::bigint`);

const payload = z.object({ mediaId: idSchema, version: z.string().regex(/^[a-z0-9]{1,40}$/) });
type Wish = z.infer<typeof payload>;

/** One transaction in which `take` puts the new version in its place and the post says that it was edited. Answers what `take` did. */
async function show<T extends string>({ mediaId, version }: Wish, take: (tx: Transaction) => Promise<T | "taken">): Promise<T | "taken" | "gone"> {
  return db().transaction(async (tx) => {
    const postId = await lockPostOf(tx, mediaId, null);
    // Deleted meanwhile; restored, it is as it was.
    if (postId === null) return (await dropWish(tx, mediaId, version, null), "gone" as const);
    const outcome = await take(tx);
    if (outcome !== "taken") return outcome;
    await tx.execute(sql`update posts set edited_at = now(), updated_at = now() where id = ${postId}::bigint`);
    await announce(tx, "post.edited", { postId });
    return outcome;
  });
}

/** Tells the author, whose page still says that it is being made. */
const touchPostOf = (mediaId: string) => db().execute(sql`update posts set updated_at = now() where id = (select post_id from media where id = ${mediaId}::bigint)`);

/** Makes the picture that is wanted, and shows it: photo and post change in one transaction. */
export const changePhoto = defineJob({
  name: "posts.change-photo",
  priority: 15,
  timeoutSeconds: 420,
  schema: payload,
  async handler(wish) {
    const made = await makeWanted(wish.mediaId, wish.version);
    if (!made) return touchPostOf(wish.mediaId);
    await show(wish, async (tx) => ((await takeWanted(tx, made)) ? "taken" : "gone"));
  },
});

/** How often it waits for subtitles that come and go while it is put in place. */
const TRIES = 5;

/** As `changePhoto`, of a video: one at a time, behind everything that somebody waits for. */
export const changeVideo = defineJob({
  name: "posts.change-video",
  priority: -10,
  concurrency: 1,
  retryLimit: 4,
  timeoutSeconds: 6 * 3_600,
  schema: payload,
  async handler(wish, run) {
    const made = await makeWantedVideo(wish.mediaId, wish.version, run);
    if (!made) return touchPostOf(wish.mediaId);
    for (let tries = 1; ; tries++) {
      const captions = await followCaptions(made);
      const outcome = await show(wish, (tx) => takeWantedVideo(tx, made, captions));
      if (outcome === "taken") return;
      if (outcome === "gone") return removeVersion(wish.mediaId, wish.version);
      if (tries === TRIES) throw new Error("its subtitles change all the time");
    }
  },
});
