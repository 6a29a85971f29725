import { fromEditView, toEditView } from "@/lib/media/edit/view";
import type { DraftView } from "@/lib/posts/types";
import { randomKey } from "@/lib/platform/random-key";
import { ask, insist, SendError } from "./ask";
import { inspectFile } from "./inspect-file";
import { type Draft, type DraftPhoto, type DraftWords, emptyDraft } from "./types";

/** Larger files are not fetched to be shown; they are posted all the same. */
const MOST_BYTES = 60 * 1024 * 1024;

type Item = { id: string; alt?: string; name?: string; shape?: DraftPhoto["shape"]; edit?: unknown; tags?: DraftPhoto["tags"]; width?: number; height?: number; duration?: number | null };

/** What the server keeps of a draft; its photos have arrived. */
function contentOf({ photos, caption, place, audience, circleIds, commentsEnabled, hideLikes, isSensitive, repostsEnabled, showCamera, keepPlace, scheduledFor, collaborators }: Draft) {
  const words: DraftWords = { caption, place, audience, circleIds, commentsEnabled, hideLikes, isSensitive, repostsEnabled, showCamera, keepPlace, scheduledFor, collaborators };
  const media = photos.flatMap(({ upload, alt, name, shape, edit, tags, width, height, duration }): Item[] =>
    upload.state === "done" ? [{ id: upload.mediaId, alt, name, shape, edit: edit && toEditView(edit), tags: tags ?? [], width, height, duration: duration ?? null }] : []);
  return { ...words, media };
}

export type Kept = { kind: "saved"; draft: DraftView } | { kind: "overtaken"; now: DraftView };

/**
 * Keeps a draft on the server, in the place of its `revision` there; null keeps both. One that is gone there is kept anew.
 * Throws `SendError`.
 */
export async function keepOnServer(draft: Draft, revision: number | null): Promise<Kept> {
  const content = contentOf(draft);
  const put = (id: string, at: number) => insist(undefined, () => ask<DraftView>(`/api/drafts/${id}`, { content, revision: at }, { method: "PUT" }));
  const make = async (): Promise<Kept> => {
    const made = await insist(undefined, () => ask<DraftView>("/api/drafts", { content }, { headers: { "idempotency-key": draft.key } }));
    // Of an earlier attempt whose answer was lost, the server gives what was there then.
    return { kind: "saved", draft: await put(made.id, made.revision) };
  };
  if (!draft.server || revision === null) return make();
  try {
    return { kind: "saved", draft: await put(draft.server.id, revision) };
  } catch (error) {
    if (!(error instanceof SendError)) throw error;
    if (error.status === 404) return make();
    if (error.status === 409 && error.current) return { kind: "overtaken", now: error.current as DraftView };
    throw error;
  }
}

export const listOnServer = () => ask<{ drafts: DraftView[] }>("/api/drafts", null, { method: "GET" });

/** A kept draft as the composer of this device holds it; `lost` names what is in a post meanwhile. Throws `SendError`. */
export async function takeFromServer(kept: DraftView): Promise<{ draft: Draft; lost: string[] }> {
  const { media, ...words } = kept.content as unknown as DraftWords & { media: Item[] };
  const blank = emptyDraft();
  const photos: DraftPhoto[] = [];
  const lost: string[] = [];
  for (const [at, item] of media.entries()) {
    const file = kept.files[at];
    if (!file?.is_there) lost.push(item.name ?? `Photo ${at + 1}`);
    else photos.push(await photoOf(item, file));
  }
  const known = Object.fromEntries(Object.keys(blank).flatMap((name) => (name in words && name !== "key" ? [[name, words[name as keyof DraftWords]]] : [])));
  return { draft: { ...blank, ...known, photos, server: { id: kept.id, revision: kept.revision } }, lost };
}

async function photoOf(item: Item, file: DraftView["files"][number]): Promise<DraftPhoto> {
  const blob = file.bytes <= MOST_BYTES ? await fetchBrought(file) : null;
  const seen = blob ? await inspectFile(blob) : null;
  const edit = item.edit ? fromEditView(item.edit as never) : null;
  return {
    key: randomKey(), file: blob ?? new Blob(), name: item.name ?? "Photo", type: file.content_type, alt: item.alt ?? "", shape: item.shape ?? "original", edit, tags: item.tags ?? [],
    ...(seen?.ok ? { thumb: seen.thumb, width: seen.width, height: seen.height, duration: seen.duration } : { thumb: null, width: 0, height: 0, duration: item.duration ?? null }),
    upload: { state: "done", mediaId: file.media_id },
  };
}

/** The file as it was brought, from the server; null where it can't be had just now. */
async function fetchBrought({ media_id, content_type }: DraftView["files"][number]): Promise<File | null> {
  try {
    const { url } = await ask<{ url: string }>(`/api/media/${media_id}/original`, null, { method: "GET" });
    const response = await fetch(url);
    return response.ok ? new File([await response.arrayBuffer()], "draft", { type: content_type }) : null;
  } catch {
    return null;
  }
}
