import { MAX_POST_ITEMS } from "@/lib/media/limits";
import { randomKey } from "@/lib/platform/random-key";
import { dropDraft, keepDraft, loadDraft } from "./draft-storage";
import { inspectFile } from "./inspect-file";
import { SendError, sendFile } from "./send-file";
import { type Draft, type DraftPhoto, emptyDraft, type Upload } from "./types";

/** Photos sent at the same time. */
const LANES = 3;

/** What the composer shows. `isLoaded` is false until the kept draft has been looked for. */
export type DraftState = { draft: Draft; isLoaded: boolean; isKept: boolean; refused: { name: string; reason: string }[] };

/**
 * The draft, its uploads and its keeping on the device. It lives outside React, so that photos go on being sent while
 * somebody looks at another page.
 */
export class DraftStore {
  private state: DraftState = { draft: emptyDraft(), isLoaded: false, isKept: true, refused: [] };
  private readonly listeners = new Set<() => void>();
  private readonly sending = new Map<string, AbortController>();
  private saving: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly userId: string) {
    void this.restore();
    window.addEventListener("online", () => this.retryAll());
    // A tab that is closed or put to sleep within the pause before saving must not lose the last words.
    window.addEventListener("pagehide", () => void this.save());
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && void this.save());
  }

  subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  snapshot = () => this.state;

  /** Changes the words and settings. */
  edit(change: Partial<Omit<Draft, "photos" | "key">>) {
    this.update({ draft: { ...this.state.draft, ...change } });
  }

  editPhoto(key: string, change: Partial<Pick<DraftPhoto, "alt" | "shape" | "crop" | "view">>) {
    this.updatePhoto(key, change);
  }

  /** Takes photos in, up to the limit; what is refused is told with its reason. Returns the key of the first new one. */
  async add(files: File[]): Promise<string | null> {
    const refused: DraftState["refused"] = [];
    const added: DraftPhoto[] = [];
    for (const file of files) {
      const name = file.name || "Photo";
      if (this.state.draft.photos.length + added.length >= MAX_POST_ITEMS) {
        refused.push({ name, reason: `A post can have at most ${MAX_POST_ITEMS} photos.` });
        continue;
      }
      const found = await inspectFile(file);
      if (!found.ok) refused.push({ name, reason: found.reason });
      else added.push(newPhoto(file, name, found));
    }
    this.update({ draft: { ...this.state.draft, photos: [...this.state.draft.photos, ...added] }, refused });
    this.sendNext();
    return added[0]?.key ?? null;
  }

  clearRefused() {
    this.update({ refused: [] });
  }

  remove(key: string) {
    this.sending.get(key)?.abort();
    this.setPhotos(this.state.draft.photos.filter((photo) => photo.key !== key));
  }

  move(from: number, to: number) {
    const photos = [...this.state.draft.photos];
    const [photo] = photos.splice(from, 1);
    if (!photo || to < 0 || to > photos.length) return;
    photos.splice(to, 0, photo);
    this.setPhotos(photos);
  }

  /** Stops sending one photo; it stays in the draft. */
  cancel(key: string) {
    this.sending.get(key)?.abort();
    this.setUpload(key, { state: "failed", reason: "Sending was stopped.", canRetry: true });
  }

  retry(key: string) {
    this.setUpload(key, { state: "waiting" });
    this.sendNext();
  }

  /** Sends again what failed for want of a connection. */
  retryAll() {
    for (const photo of this.state.draft.photos) {
      if (photo.upload.state === "failed" && photo.upload.canRetry) this.setUpload(photo.key, { state: "waiting" });
    }
    this.sendNext();
  }

  /** The server no longer has a photo that was sent long ago: it goes again from the device. */
  resend(mediaId: string) {
    const photo = this.state.draft.photos.find(({ upload }) => upload.state === "done" && upload.mediaId === mediaId);
    if (photo) this.retry(photo.key);
  }

  /** Forgets the draft, here and on the device. */
  async discard() {
    for (const controller of this.sending.values()) controller.abort();
    this.sending.clear();
    clearTimeout(this.saving);
    this.saving = undefined;
    this.state = { draft: emptyDraft(), isLoaded: true, isKept: true, refused: [] };
    this.tell();
    await dropDraft(this.userId);
  }

  private async restore() {
    const kept = await loadDraft(this.userId);
    // Photos may have been chosen while the kept draft was still being read.
    const draft = kept && this.state.draft.photos.length === 0 ? kept : this.state.draft;
    this.state = { ...this.state, draft, isLoaded: true };
    this.tell();
    this.sendNext();
  }

  private sendNext() {
    for (const photo of this.state.draft.photos) {
      if (this.sending.size >= LANES) return;
      if (photo.upload.state === "waiting" && !this.sending.has(photo.key)) void this.send(photo);
    }
  }

  private async send(photo: DraftPhoto) {
    const controller = new AbortController();
    this.sending.set(photo.key, controller);
    this.setUpload(photo.key, { state: "sending", progress: 0 });
    try {
      const mediaId = await sendFile(photo.file, photo.type, {
        signal: controller.signal,
        onProgress: (progress) => controller.signal.aborted || this.setUpload(photo.key, { state: "sending", progress }, false),
      });
      this.setUpload(photo.key, { state: "done", mediaId });
    } catch (error) {
      if (!controller.signal.aborted) {
        const failure = error instanceof SendError ? error : new SendError("The photo could not be sent.", true);
        this.setUpload(photo.key, { state: "failed", reason: failure.message, canRetry: failure.canRetry });
      }
    } finally {
      if (this.sending.get(photo.key) === controller) this.sending.delete(photo.key);
      this.sendNext();
    }
  }

  private setPhotos(photos: DraftPhoto[]) {
    this.update({ draft: { ...this.state.draft, photos } });
  }

  private setUpload(key: string, upload: Upload, keep = true) {
    this.updatePhoto(key, { upload }, keep);
  }

  private updatePhoto(key: string, change: Partial<DraftPhoto>, keep = true) {
    const photos = this.state.draft.photos.map((photo) => (photo.key === key ? { ...photo, ...change } : photo));
    this.update({ draft: { ...this.state.draft, photos } }, keep);
  }

  private update(change: Partial<DraftState>, keep = true) {
    this.state = { ...this.state, ...change };
    this.tell();
    if (keep && !this.saving) this.saving = setTimeout(() => void this.save(), 400);
  }

  private async save() {
    if (!this.saving) return;
    clearTimeout(this.saving);
    this.saving = undefined;
    const isKept = await keepDraft(this.userId, this.state.draft);
    if (isKept !== this.state.isKept) {
      this.state = { ...this.state, isKept };
      this.tell();
    }
  }

  private tell() {
    for (const listener of this.listeners) listener();
  }
}

function newPhoto(file: File, name: string, found: { type: string; width: number; height: number }): DraftPhoto {
  return {
    key: randomKey(), file, name, type: found.type, width: found.width, height: found.height, alt: "", shape: "original",
    crop: null, view: { x: 0, y: 0, zoom: 1 }, upload: { state: "waiting" },
  };
}

let current: { userId: string; store: DraftStore } | undefined;

/** The one store of the signed-in person in this tab. */
export function draftStore(userId: string): DraftStore {
  if (current?.userId !== userId) current = { userId, store: new DraftStore(userId) };
  return current.store;
}
