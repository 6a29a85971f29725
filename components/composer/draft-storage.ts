import { createStore, del, get, set, type UseStore } from "idb-keyval";
import type { Draft } from "./types";

// One draft per person and device, in IndexedDB: it holds the photos' bytes, which no other store of the browser can.
let store: UseStore | undefined;
const drafts = () => (store ??= createStore("heliograph-drafts", "drafts"));

/** The kept draft of a person, with uploads that a reload cut off set back to waiting. */
export async function loadDraft(userId: string): Promise<Draft | null> {
  const draft = await get<Draft>(userId, drafts()).catch(() => undefined);
  if (!draft) return null;
  const photos = draft.photos.map((photo) => (photo.upload.state === "sending" ? { ...photo, upload: { state: "waiting" as const } } : photo));
  return { ...draft, photos };
}

/** Keeps the draft; says false when the device has no room or forbids it (private windows of some browsers). */
export async function keepDraft(userId: string, draft: Draft): Promise<boolean> {
  return set(userId, draft, drafts()).then(() => true, () => false);
}

export async function dropDraft(userId: string): Promise<void> {
  await del(userId, drafts()).catch(() => {});
}
