/** Why something did not arrive; `canRetry` when another try may work. */
export class SendError extends Error {
  readonly status: number | null;
  readonly fields: Record<string, string>;
  constructor(message: string, readonly canRetry: boolean, answer: { status?: number; fields?: Record<string, string> } = {}) {
    super(message);
    this.status = answer.status ?? null;
    this.fields = answer.fields ?? {};
  }
}

const ATTEMPTS = 4;
/** Bytes that stand still for so long are not coming any more, ms. */
const STALLED_AFTER = 30_000;
const LOST = "The connection was lost.";
const NO_ANSWER = "The server did not answer. Try again.";

type Ticket = { media_id: string; method: string; url: string; headers?: Record<string, string> };
type Options = { signal: AbortSignal; onProgress: (share: number) => void };

/**
 * Sends a photo: asks for a signed address, puts the bytes straight into storage, tells the server that they are there.
 * Lost connections are tried again with growing pauses; bytes that have arrived are not sent twice.
 */
export async function sendFile(file: Blob, type: string, options: Options): Promise<string> {
  const { signal } = options;
  const mediaId = await insist(signal, async () => {
    const ticket = await ask<Ticket>("/api/uploads", { content_type: type, size: file.size, purpose: "post" }, { signal });
    await putBytes(ticket, file, options);
    return ticket.media_id;
  });
  await insist(signal, () => ask(`/api/uploads/${mediaId}/complete`, {}, { signal }));
  return mediaId;
}

/** Repeats what may work another time. Gives up at once when the device is offline: it goes on when that ends. */
export async function insist<T>(signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      signal?.throwIfAborted();
      const failure = error instanceof SendError ? error : new SendError(LOST, true);
      if (!failure.canRetry || failure.status === 429 || failure.status === 401 || attempt === ATTEMPTS || !navigator.onLine) throw failure;
      await pause(250 * 2 ** attempt, signal);
    }
  }
}

type AskOptions = { signal?: AbortSignal; method?: "POST" | "PATCH"; headers?: Record<string, string> };

/** A call of our own API; errors bear the server's words. */
export async function ask<T>(path: string, body: object, { signal, method = "POST", headers }: AskOptions = {}): Promise<T> {
  const patience = AbortSignal.timeout(STALLED_AFTER);
  const response = await fetch(path, {
    method, body: JSON.stringify(body), headers: { "content-type": "application/json", ...headers }, signal: signal ? AbortSignal.any([signal, patience]) : patience,
  }).catch(() => {
    signal?.throwIfAborted();
    throw new SendError(LOST, true);
  });
  const answer = await response.json().catch(() => null);
  if (response.ok && answer) return answer as T;
  const { status } = response;
  const message = status === 401 ? "You are no longer logged in. Log in again in another tab, then try again." : (answer?.error?.message ?? NO_ANSWER);
  // What is wrong with the file or the words stays wrong.
  throw new SendError(message, ![400, 403, 413, 415, 422].includes(status), { status, fields: answer?.error?.fields });
}

/** XMLHttpRequest, because fetch does not tell how many bytes have left. */
function putBytes(ticket: Ticket, file: Blob, { signal, onProgress }: Options): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const cancel = () => request.abort();
    let stalled = setTimeout(cancel, STALLED_AFTER);
    request.open(ticket.method, ticket.url);
    for (const [name, value] of Object.entries(ticket.headers ?? {})) request.setRequestHeader(name, value);
    request.upload.onprogress = (event) => {
      clearTimeout(stalled);
      stalled = setTimeout(cancel, STALLED_AFTER);
      if (event.lengthComputable) onProgress(event.loaded / event.total);
    };
    request.onload = () => (request.status >= 200 && request.status < 300 ? resolve() : reject(new SendError("The storage did not take the photo. Try again.", true)));
    request.onerror = () => reject(new SendError(LOST, true));
    request.onabort = () => reject(signal.aborted ? signal.reason : new SendError(LOST, true));
    request.onloadend = () => {
      clearTimeout(stalled);
      signal.removeEventListener("abort", cancel);
    };
    signal.addEventListener("abort", cancel);
    request.send(file);
  });
}

function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal?.addEventListener("abort", () => (clearTimeout(timer), reject(signal.reason)), { once: true });
  });
}
