import { SendError, sendFile } from "./send-file";
import type { DraftPhoto, Upload } from "./types";

/** Photos sent at the same time. */
const LANES = 3;

type Hooks = {
  photos: () => readonly DraftPhoto[];
  /** `isStep` is mere progress, which is not worth keeping on the device. */
  onChange: (key: string, upload: Upload, isStep: boolean) => void;
};

/** Sends the waiting photos of a draft, a few at a time, in their order. */
export class UploadLanes {
  private readonly sending = new Map<string, AbortController>();

  constructor(private readonly hooks: Hooks) {}

  sendNext() {
    // Offline they wait; `online` sends them.
    if (!navigator.onLine) return;
    for (const photo of this.hooks.photos()) {
      if (this.sending.size >= LANES) return;
      if (photo.upload.state === "waiting" && !this.sending.has(photo.key)) void this.send(photo);
    }
  }

  stop(key: string) {
    this.sending.get(key)?.abort();
    this.sending.delete(key);
  }

  stopAll() {
    for (const key of Array.from(this.sending.keys())) this.stop(key);
  }

  private async send({ key, file, type }: DraftPhoto) {
    const controller = new AbortController();
    const { signal } = controller;
    this.sending.set(key, controller);
    this.hooks.onChange(key, { state: "sending", progress: 0 }, true);
    let end: Upload;
    try {
      const onProgress = (progress: number) => signal.aborted || this.hooks.onChange(key, { state: "sending", progress }, true);
      end = { state: "done", mediaId: await sendFile(file, type, { signal, onProgress }) };
    } catch (error) {
      end = signal.aborted ? { state: "waiting" } : outcomeOf(error);
    }
    if (this.sending.get(key) === controller) this.sending.delete(key);
    if (!signal.aborted) this.hooks.onChange(key, end, false);
    this.sendNext();
  }
}

function outcomeOf(error: unknown): Upload {
  // Not a failure: it goes on by itself.
  if (!navigator.onLine) return { state: "waiting" };
  const failure = error instanceof SendError ? error : new SendError("The photo could not be sent.", true);
  return { state: "failed", reason: failure.message, canRetry: failure.canRetry };
}
