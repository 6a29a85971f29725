import { keepWords } from "./draft-storage";
import { type Draft, type DraftPhoto, emptyDraft } from "./types";

/** What the composer shows. */
export type DraftState = {
  draft: Draft;
  /** False until the kept draft has been looked for. */
  isLoaded: boolean;
  /** False when this device can't keep the draft. */
  isKept: boolean;
  /** Files being looked at. */
  reading: number;
  refused: { name: string; reason: string }[];
  isPosting: boolean;
  shareError: string | null;
  /** The draft of the server that is being fetched. */
  opening: string | null;
  /** Being kept on the server; or another device was quicker, and it is asked which to keep. */
  keeping: "idle" | "busy" | { revision: number };
  /** Shortcode of the post that the draft has become. */
  posted: string | null;
};

/** On its way to the server: nothing of it can be changed until the answer is there. */
export const isOnItsWay = ({ isPosting, keeping }: DraftState): boolean => isPosting || keeping === "busy";

export const blankState = (): DraftState => ({
  draft: emptyDraft(), isLoaded: false, isKept: true, reading: 0, refused: [], isPosting: false, shareError: null, opening: null, keeping: "idle", posted: null,
});

/** Pause after a change before it is written to the device, ms. */
const SAVE_AFTER = 300;

/** Holds the state of the composer, tells who listens, and keeps the words on the device. */
export class DraftKeeper {
  protected state = blankState();
  private readonly listeners = new Set<() => void>();
  private saving: ReturnType<typeof setTimeout> | undefined;

  constructor(protected readonly userId: string) {
    // A tab that is closed or put to sleep within the pause before saving must not lose the last words.
    window.addEventListener("pagehide", () => this.save());
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && this.save());
  }

  subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  snapshot = () => this.state;

  /** Changes what is shown but not kept. */
  protected set(change: Partial<DraftState>) {
    this.state = { ...this.state, ...change };
    for (const listener of this.listeners) listener();
  }

  /** Changes the draft; `keep` is false for what is not worth keeping, as the progress of an upload. */
  protected change(change: Partial<Draft>, keep = true) {
    this.set({ draft: { ...this.state.draft, ...change } });
    if (keep) this.saving ??= setTimeout(() => this.save(), SAVE_AFTER);
  }

  protected changePhoto(key: string, change: Partial<DraftPhoto>, keep = true) {
    this.change({ photos: this.state.draft.photos.map((photo) => (photo.key === key ? { ...photo, ...change } : photo)) }, keep);
  }

  /** Writes what waits to be written, now. */
  protected save() {
    if (!this.saving) return;
    this.forgetChanges();
    if (!keepWords(this.userId, this.state.draft)) this.set({ isKept: false });
  }

  protected forgetChanges() {
    clearTimeout(this.saving);
    this.saving = undefined;
  }
}
