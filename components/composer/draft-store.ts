import { toast } from "@/components/ui/toast";
import type { Carry } from "@/components/editor/moves";
import { isNeutral, NO_EDIT } from "@/lib/media/edit/photo-edit";
import { MAX_POST_ITEMS } from "@/lib/media/limits";
import type { DraftView } from "@/lib/posts/types";
import { randomKey } from "@/lib/platform/random-key";
import { blankState, DraftKeeper, type DraftState, isOnItsWay } from "./draft-keeper";
import { dropDraft, dropFile, keepFile, loadDraft } from "./draft-storage";
import { inspectFile } from "./inspect-file";
import { reopen } from "./kept-file";
import { fingerprint, isUncertain, photosLeftOver, photosMissing, postDraft, shareProblem } from "./post-draft";
import type { Begun } from "./send-file";
import { type Draft, type DraftPhoto, type DraftWords, emptyDraft, photoEdit, type Upload } from "./types";
import { UploadLanes } from "./upload-lanes";

const STOPPED = "Sending was stopped.";
const isNotStopped = (reason: string) => reason !== STOPPED;

/**
 * The draft, its uploads and its sharing. It lives outside React, so that photos go on being sent, and are shared,
 * while somebody looks at another page.
 */
export class DraftStore extends DraftKeeper {
  private readonly lanes = new UploadLanes({ photos: () => this.state.draft.photos, onChange: (key, upload, isStep) => this.onUpload(key, upload, isStep), onBegun: (key, begun) => this.onBegun(key, begun) });
  private readonly restored: Promise<void>;

  constructor(userId: string) {
    super(userId);
    this.restored = this.restore();
    window.addEventListener("online", () => this.retryAll(isNotStopped));
    // A phone that was put away had its connections cut.
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.retryAll(isNotStopped));
  }

  edit(change: Partial<DraftWords>) {
    this.change(change);
  }

  editPhoto(key: string, change: Partial<Pick<DraftPhoto, "alt" | "shape" | "edit" | "tags">>) {
    this.changePhoto(key, change);
  }

  /** Carries the colours and the shape of one photo to all others; at once, for Share may be pressed the next moment. */
  applyToAll(carry: Carry, from: string) {
    for (const photo of this.state.draft.photos) {
      if (photo.key === from || !photo.type.startsWith("image/")) continue;
      const { edit, shape } = carry({ edit: photoEdit(photo) ?? NO_EDIT, shape: photo.shape }, photo);
      this.editPhoto(photo.key, { edit: isNeutral(edit) ? null : { kind: "image", ...edit }, shape });
    }
  }

  /** Takes photos in, up to the limit; what is refused is told with its reason. Answers the key of the first new one. */
  async add(files: File[]): Promise<string | null> {
    await this.restored;
    if (isOnItsWay(this.state)) return null;
    let first: string | null = null;
    this.set({ refused: [], reading: this.state.reading + files.length });
    for (const file of files) {
      const name = file.name || "Photo";
      const key = await this.take(file, name).catch(() => this.refuse(name, "The file could not be read."));
      first ??= key;
      this.set({ reading: this.state.reading - 1 });
    }
    return first;
  }

  private async take(file: File, name: string): Promise<string | null> {
    const isFull = () => this.state.draft.photos.length >= MAX_POST_ITEMS;
    const found = isFull() ? null : await inspectFile(file);
    if (!found || isFull()) return this.refuse(name, `A post can have at most ${MAX_POST_ITEMS} photos and videos.`);
    if (!found.ok) return this.refuse(name, found.reason);
    const { ok: _ok, ...seen } = found;
    const photo: DraftPhoto = { key: randomKey(), file, name, ...seen, alt: "", shape: "original", edit: null, upload: { state: "waiting" } };
    this.change({ photos: [...this.state.draft.photos, photo] });
    this.lanes.sendNext();
    void keepFile(this.userId, photo).then((isKept) => isKept || this.set({ isKept }));
    return photo.key;
  }

  private refuse(name: string, reason: string): null {
    this.set({ refused: [...this.state.refused, { name, reason }] });
    return null;
  }

  clearRefused() {
    this.set({ refused: [] });
  }

  remove(key: string) {
    this.lanes.giveUp(this.state.draft.photos.filter((photo) => photo.key === key));
    this.change({ photos: this.state.draft.photos.filter((photo) => photo.key !== key) });
    void dropFile(this.userId, key);
    this.lanes.sendNext();
  }

  move(from: number, to: number) {
    const photos = [...this.state.draft.photos];
    if (to < 0 || to >= photos.length) return;
    photos.splice(to, 0, ...photos.splice(from, 1));
    this.change({ photos });
  }

  /** Stops sending one photo; it stays in the draft. */
  stop(key: string) {
    this.lanes.stop(key);
    this.changePhoto(key, { upload: { state: "failed", reason: STOPPED, canRetry: true } });
    this.lanes.sendNext();
  }

  async retry(key: string) {
    const closed = this.state.draft.photos.find((photo) => photo.key === key)?.handle;
    const file = closed ? await reopen(closed, true) : null;
    if (closed && !file) return;
    this.changePhoto(key, { upload: { state: "waiting" }, ...(file ? { file, handle: undefined } : {}) });
    this.lanes.sendNext();
  }

  /** Sends again what may work another time, and goes on with sharing. */
  retryAll(isMeant: (reason: string) => boolean = () => true) {
    for (const { key, upload, handle } of this.state.draft.photos) {
      if (upload.state !== "failed" || !upload.canRetry || !isMeant(upload.reason)) continue;
      if (handle) void this.retry(key);
      else this.changePhoto(key, { upload: { state: "waiting" } });
    }
    this.lanes.sendNext();
    void this.shareWhenReady();
  }

  private onUpload(key: string, upload: Upload, isStep: boolean) {
    this.changePhoto(key, { upload }, !isStep);
    if (!isStep) void this.shareWhenReady();
  }

  private onBegun(key: string, begun: Begun) {
    this.changePhoto(key, { begun });
    this.save();
  }

  /** Shares the post as soon as its last photo has arrived. */
  share() {
    if (isOnItsWay(this.state)) return;
    this.set({ shareError: null });
    this.change({ isWanted: true });
    this.save();
    void this.shareWhenReady();
  }

  unshare() {
    this.change({ isWanted: false });
  }

  private async shareWhenReady() {
    const { draft, isPosting, isLoaded } = this.state;
    if (!draft.isWanted || isPosting || !isLoaded || draft.photos.length === 0 || !navigator.onLine) return;
    if (draft.photos.some(({ upload }) => upload.state === "failed")) return this.unshare();
    if (draft.photos.some(({ upload }) => upload.state !== "done")) return;
    this.set({ isPosting: true });
    // Kept before the request leaves: after a reload nobody would know that it may have worked.
    this.change({ tried: draft.tried ?? fingerprint(draft) });
    this.save();
    let isWaiting = false;
    try {
      const post = await postDraft(draft);
      isWaiting = post.status === "scheduled";
      const left = photosLeftOver(draft, post);
      if (left.length > 0) this.keepRest(left);
      else await this.forget({ posted: post.shortcode });
    } catch (problem) {
      this.onShareFailed(problem, draft);
    }
    this.set({ isPosting: false });
    if (!this.state.posted) return;
    if (draft.scheduledFor && !isWaiting) toast("Your post is out already", { description: "The first attempt had worked after all." });
    else toast.success(isWaiting ? "Your post is scheduled." : "Your post is on its way.");
  }

  private keepRest(photos: DraftPhoto[]) {
    this.change({ ...emptyDraft(), photos });
    this.set({ shareError: "The first attempt had worked after all, without the photos that were added later. They are still here." });
  }

  private onShareFailed(problem: unknown, draft: Draft) {
    // Offline: it stays wanted and happens when the connection is back.
    if (!navigator.onLine) return;
    this.change({ isWanted: false, ...(isUncertain(problem) ? {} : { tried: null }) });
    this.set({ shareError: shareProblem(problem) });
    for (const key of photosMissing(problem, draft)) void this.retry(key);
  }

  /** Forgets the draft, here and on the device. What it answers brings it back, from this tab's memory; false when another was begun meanwhile. */
  async discard(): Promise<() => boolean> {
    const { draft } = this.state;
    this.lanes.giveUp(draft.photos);
    await this.forget({});
    return () => this.bringBack(draft);
  }

  private bringBack(draft: Draft): boolean {
    if (this.state.draft.photos.length > 0 || this.state.draft.caption !== "" || this.state.opening !== null || isOnItsWay(this.state)) return false;
    // What had been sent was given up with the draft. Without its bytes here it is the server's draft's, which stayed.
    const photos = draft.photos.map(({ begun: _begun, ...photo }): DraftPhoto => (photo.file.size > 0 ? { ...photo, upload: { state: "waiting" } } : photo));
    this.change({ ...draft, photos });
    for (const photo of photos) if (photo.file.size > 0) void keepFile(this.userId, photo);
    this.lanes.sendNext();
    return true;
  }

  /** Keeps the draft on the server and empties the composer. `revision`: of what it takes the place of; null keeps both. */
  async keep(revision: number | null = this.state.draft.server?.revision ?? null) {
    const sent = this.state.draft;
    if (isOnItsWay(this.state) || this.state.reading > 0 || sent.photos.some(({ upload }) => upload.state !== "done")) return;
    this.set({ keeping: "busy", shareError: null });
    try {
      const { keepOnServer } = await import("./server-drafts");
      const kept = await keepOnServer(sent, revision);
      if (kept.kind === "overtaken") return this.set({ keeping: { revision: kept.now.revision } });
      if (this.state.draft !== sent) return this.onKeptInPart(kept.draft);
      await this.forget({});
      toast.success("Draft saved", { description: "Continue on any of your devices." });
    } catch (problem) {
      this.set({ keeping: "idle" });
      toast.error("The draft was not saved", { description: shareProblem(problem) });
    }
  }

  /** It was changed on the way all the same: the rest stays here, and follows what the server has. */
  private onKeptInPart({ id, revision }: DraftView) {
    // Kept once more beside the other, it is another draft; only an attempt to share holds on to its key.
    const { tried, key } = this.state.draft;
    this.change({ server: { id, revision }, key: tried === null ? randomKey() : key });
    this.set({ keeping: "idle" });
    toast.success("Draft saved", { description: "What you changed since then is still here. Save it again." });
  }

  /** The question which version to keep is left open. */
  askLater() {
    this.set({ keeping: "idle" });
  }

  /** Goes on with a draft of the server. */
  async open(kept: DraftView) {
    if (this.state.opening !== null || this.state.draft.photos.length > 0) return;
    this.set({ opening: kept.id });
    try {
      const { takeFromServer } = await import("./server-drafts");
      const { draft, lost } = await takeFromServer(kept);
      if (this.state.draft.photos.length > 0) return;
      this.set({ refused: lost.map((name) => ({ name, reason: "It is in a post by now, or was not kept. Add it again." })) });
      this.change(draft);
      for (const photo of draft.photos) void keepFile(this.userId, photo);
    } catch {
      toast.error("The draft could not be opened", { description: "Check your connection." });
    } finally {
      this.set({ opening: null });
    }
  }

  /** Its author has left the composer after posting. */
  acknowledge() {
    if (this.state.posted) this.set({ posted: null });
  }

  private async forget(change: Partial<DraftState>) {
    this.lanes.stopAll();
    this.forgetChanges();
    this.set({ ...blankState(), isLoaded: true, ...change });
    await dropDraft(this.userId);
  }

  private async restore() {
    const kept = await loadDraft(this.userId);
    const refused = (kept?.lost ?? []).map((name) => ({ name, reason: "This device did not keep it. Add it again." }));
    this.set({ ...(kept ? { draft: kept.draft, refused } : {}), isLoaded: true });
    this.lanes.sendNext();
    void this.shareWhenReady();
  }
}

let current: { userId: string; store: DraftStore } | undefined;

/** The one store of the signed-in person in this tab. */
export function draftStore(userId: string): DraftStore {
  if (current?.userId !== userId) current = { userId, store: new DraftStore(userId) };
  return current.store;
}
