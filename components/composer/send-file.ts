import { PART_BYTES } from "@/lib/media/limits";
import { ask, insist, LOST, SendError } from "./ask";
import { type Hashes, hashFile } from "./hash-file";
import { type Destination, putBytes } from "./put-bytes";
import { type PartAddress, type PartedUpload, sendParts, UploadGoneError } from "./send-parts";

/** A large upload that has begun; kept on the device, so that it goes on where it was after a reload. */
export type Begun = { mediaId: string; md5s: string[] };

type Ticket = Destination & { media_id: string; status: string; parts?: PartAddress[] };
type State = { status: string; arrived_parts: number[] };

type Options = {
  signal: AbortSignal;
  onProgress: (share: number) => void;
  begun: Begun | null;
  onBegun: (begun: Begun) => void;
  /** For what it is to be; else a post. */
  purpose?: "post" | "message";
};

/** Parts that vanish from the storage are sent again so many times. */
const ROUNDS = 3;

/**
 * Sends a file: asks for signed addresses, puts the bytes straight into storage, large ones in parts, and tells the server
 * that they are there. Lost connections are tried again with growing pauses; bytes that have arrived are not sent twice,
 * also when the same file was brought before. Answers its media id. Throws `SendError`.
 */
export async function sendFile(file: Blob, type: string, options: Options): Promise<string> {
  try {
    const mediaId = file.size > PART_BYTES ? await sendLarge(file, type, options) : await sendSmall(file, type, options);
    await insist(options.signal, () => ask(`/api/uploads/${mediaId}/complete`, {}, { signal: options.signal }));
    return mediaId;
  } catch (error) {
    options.signal.throwIfAborted();
    if (!(await isReadable(file))) throw new SendError("The file has changed or is gone from the device. Add it again.", false);
    throw error instanceof UploadGoneError ? new SendError(LOST, true) : error;
  }
}

/** A file that was changed since it was chosen fails like a lost connection. */
const isReadable = (file: Blob) => file.slice(-1).arrayBuffer().then(() => true, () => false);

const announce = (file: Blob, type: string, hashes: Hashes | null, { signal, purpose = "post" }: Pick<Options, "signal" | "purpose">) =>
  ask<Ticket>("/api/uploads", { content_type: type, size: file.size, purpose, ...(hashes ? { sha256: hashes.sha256, part_md5s: hashes.md5s } : {}) }, { signal });

// Without checksums everything works, but nothing is recognised, and damage is found only later.
const checksums = (file: Blob, signal: AbortSignal) => hashFile(file, signal).catch(() => (signal.throwIfAborted(), null));

async function sendSmall(file: Blob, type: string, { signal, onProgress, purpose }: Options): Promise<string> {
  const hashes = await checksums(file, signal);
  return insist(signal, async () => {
    const ticket = await announce(file, type, hashes, { signal, purpose });
    if (ticket.status === "pending") await putBytes(ticket, file, { signal, onSent: (bytes) => onProgress(Math.min(1, bytes / file.size)) });
    return ticket.media_id;
  });
}

async function sendLarge(file: Blob, type: string, options: Options): Promise<string> {
  const kept = options.begun;
  if (!kept) return sendAnew(file, type, options);
  try {
    return await sendMissing(file, kept, null, options);
  } catch (error) {
    // Swept meanwhile, or given up elsewhere.
    if (error instanceof UploadGoneError) return sendAnew(file, type, options);
    throw error;
  }
}

async function sendAnew(file: Blob, type: string, options: Options): Promise<string> {
  const { signal } = options;
  const hashes = await checksums(file, signal);
  const ticket = await insist(signal, () => announce(file, type, hashes, options));
  if (ticket.status !== "pending") return ticket.media_id;
  const begun = { mediaId: ticket.media_id, md5s: hashes?.md5s ?? [] };
  options.onBegun(begun);
  return sendMissing(file, { ...begun, addresses: ticket.parts }, [], options);
}

/** Sends what the storage lacks until it lacks nothing. `arrived` is null when that has to be asked first. */
async function sendMissing(file: Blob, upload: PartedUpload, arrived: number[] | null, options: Options): Promise<string> {
  let there = arrived ?? (await listArrived(upload, options.signal));
  for (let round = 1; there !== null; round++) {
    if (there.length === Math.ceil(file.size / PART_BYTES)) break;
    if (round > ROUNDS) throw new SendError("The storage did not keep the file. Try again.", true);
    await sendParts(file, upload, there, options);
    there = await listArrived(upload, options.signal);
  }
  return upload.mediaId;
}

/** Parts that have arrived; null when the upload is not pending any more: completing it says how it ended. */
async function listArrived({ mediaId }: PartedUpload, signal: AbortSignal): Promise<number[] | null> {
  const state = await insist(signal, () => ask<State>(`/api/uploads/${mediaId}`, null, { signal, method: "GET" })).catch((error: unknown) => {
    throw error instanceof SendError && error.status === 404 ? new UploadGoneError() : error;
  });
  return state.status === "pending" ? state.arrived_parts : null;
}

/** Gives an upload up, at the storage, too. What fails here is swept after a day. */
export function cancelUpload(mediaId: string): void {
  void fetch(`/api/uploads/${mediaId}`, { method: "DELETE", keepalive: true }).catch(() => {});
}
