import { createStore, del, delMany, get, keys, set, type UseStore } from "idb-keyval";
import type { Crop } from "@/lib/media/edit/types";
import { NO_GEOMETRY } from "@/lib/media/edit/geometry";
import { NO_EDIT } from "@/lib/media/edit/photo-edit";
import { type FileHandle, handleOf, reopen } from "./kept-file";
import { type Draft, type DraftPhoto, emptyDraft } from "./types";

// One draft per person and device. The photos' bytes lie in IndexedDB, the only store of a browser that takes them, each
// written once; the words lie in localStorage, since that alone can still be written while the page is being closed.
let store: UseStore | undefined;
const files = () => (store ??= createStore("heliograph-drafts", "photos"));
const wordsKey = (userId: string) => `heliograph.draft.${userId}`;
const fileKey = (userId: string, photoKey: string) => `${userId}/${photoKey}`;

type Kept = Omit<Draft, "photos"> & { photos: Omit<DraftPhoto, "file" | "thumb" | "handle">[] };
/** The bytes themselves, or where there was no room for them the way to open the file again. */
type KeptFile = { file: Blob; thumb: Blob | null } | { handle: FileHandle; thumb: Blob | null };

const ASKS_AGAIN = "The browser wants to be asked before it reads this file again. Press Try again.";

/** The kept draft of a person, and the names of photos whose bytes the device no longer has. */
export async function loadDraft(userId: string): Promise<{ draft: Draft; lost: string[] } | null> {
  const kept = readWords(userId);
  await dropStrays(userId, new Set(kept?.photos.map(({ key }) => key)));
  if (!kept) return null;
  const photos: DraftPhoto[] = [];
  const lost: string[] = [];
  for (const photo of kept.photos) {
    const file = await get<KeptFile>(fileKey(userId, photo.key), files()).catch(() => undefined);
    // What a reload cut off in the middle is sent again.
    const upload = photo.upload.state === "sending" ? { state: "waiting" as const } : photo.upload;
    if (file) photos.push(await restorePhoto({ ...photo, upload, edit: editOf(photo) }, file));
    else lost.push(photo.name);
  }
  return { draft: { ...emptyDraft(), ...kept, photos }, lost };
}

/** Drafts of earlier versions have a crop and nothing else. */
function editOf({ edit, crop }: { edit?: DraftPhoto["edit"]; crop?: Crop | null }): DraftPhoto["edit"] {
  return edit ?? (crop ? { kind: "image", ...NO_EDIT, geometry: { ...NO_GEOMETRY, crop } } : null);
}

async function restorePhoto(photo: Kept["photos"][number], kept: KeptFile): Promise<DraftPhoto> {
  if ("file" in kept) return { ...photo, ...kept };
  const file = await reopen(kept.handle, false);
  if (file) return { ...photo, file, thumb: kept.thumb };
  const upload = photo.upload.state === "done" ? photo.upload : { state: "failed" as const, reason: ASKS_AGAIN, canRetry: true };
  return { ...photo, file: new Blob(), thumb: kept.thumb, handle: kept.handle, upload };
}

function readWords(userId: string): Kept | null {
  try {
    const kept = JSON.parse(localStorage.getItem(wordsKey(userId)) ?? "null") as Kept | null;
    return kept && Array.isArray(kept.photos) && typeof kept.key === "string" ? kept : null;
  } catch {
    return null;
  }
}

/** Keeps everything but the bytes; false when the device has no room or forbids it (private windows of some browsers). */
export function keepWords(userId: string, draft: Draft): boolean {
  const photos = draft.photos.map(({ file: _file, thumb: _thumb, handle: _handle, ...rest }) => rest);
  try {
    localStorage.setItem(wordsKey(userId), JSON.stringify({ ...draft, photos } satisfies Kept));
    return true;
  } catch {
    return false;
  }
}

/**
 * Keeps the bytes of one photo; those of a large video that the device has no room for stay where they are, if the
 * browser lets us open them again. False when neither can be.
 */
export async function keepFile(userId: string, { key, file, thumb }: DraftPhoto): Promise<boolean> {
  const keep = (kept: KeptFile) => set(fileKey(userId, key), kept, files()).then(() => true, () => false);
  if (await keep({ file, thumb })) return true;
  const handle = await handleOf(file);
  return handle !== null && keep({ handle, thumb });
}

export async function dropFile(userId: string, photoKey: string): Promise<void> {
  await del(fileKey(userId, photoKey), files()).catch(() => {});
}

export async function dropDraft(userId: string): Promise<void> {
  try {
    localStorage.removeItem(wordsKey(userId));
  } catch {
    // Forbidden to write, so there is nothing.
  }
  await dropStrays(userId, new Set());
}

/** Bytes of photos that no draft names any more. */
async function dropStrays(userId: string, wanted: Set<string>): Promise<void> {
  try {
    const own = (await keys<string>(files())).filter((key) => key.startsWith(`${userId}/`));
    await delMany(own.filter((key) => !wanted.has(key.slice(userId.length + 1))), files());
  } catch {
    // Without IndexedDB nothing was kept.
  }
}
