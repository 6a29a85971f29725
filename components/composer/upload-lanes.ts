import { SendError } from "./ask";
import { keepAwake } from "./keep-awake";
import { type Begun, cancelUpload, sendFile } from "./send-file";
import type { DraftPhoto, Upload } from "./types";

/** Photos sent at the same time. */
const LANES = 3;

type Hooks = {
  photos: () => readonly DraftPhoto[];
  /** `isStep` is mere progress, which is not worth keeping on the device. */
  onChange: (key: string, upload: Upload, isStep: boolean) => void;
  /** A large upload has begun: worth keeping on the device at once. */
  onBegun: (key: string, begun: Begun) => void;
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

  /** Stops sending, and removes from the server what has been sent; what is in a post stays there. */
  giveUp(photos: readonly DraftPhoto[]) {
    for (const { key, upload, begun } of photos) {
      this.stop(key);
      const mediaId = upload.state === "done" ? upload.mediaId : begun?.mediaId;
      if (mediaId) cancelUpload(mediaId);
    }
  }

  private async send({ key, file, type, begun = null }: DraftPhoto) {
    const controller = new AbortController();
    const { signal } = controller;
    this.sending.set(key, controller);
    keepAwake(true);
    this.hooks.onChange(key, { state: "sending", progress: 0 }, true);
    let end: Upload;
    try {
      const onProgress = (progress: number) => signal.aborted || this.hooks.onChange(key, { state: "sending", progress }, true);
      end = { state: "done", mediaId: await sendFile(file, type, { signal, onProgress, begun, onBegun: (one) => signal.aborted || this.hooks.onBegun(key, one) }) };
    } catch (error) {
      end = signal.aborted ? { state: "waiting" } : outcomeOf(error);
    }
    if (this.sending.get(key) === controller) this.sending.delete(key);
    keepAwake(this.sending.size > 0);
    if (!signal.aborted) this.hooks.onChange(key, end, false);
    this.sendNext();
  }
}

function outcomeOf(error: unknown): Upload {
  // Not a failure: it goes on by itself.
  if (!navigator.onLine) return { state: "waiting" };
  const failure = error instanceof SendError ? error : new SendError("The file could not be sent.", true);
  return { state: "failed", reason: failure.message, canRetry: failure.canRetry };
}
