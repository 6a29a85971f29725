/** Why a file did not arrive; `canRetry` when another try may work. */
export class SendError extends Error {
  constructor(message: string, readonly canRetry: boolean) {
    super(message);
  }
}

const ATTEMPTS = 4;
const LOST = "The connection was lost. The photo is kept here and goes on when you are back online.";

type Ticket = { media_id: string; method: string; url: string; headers?: Record<string, string> };

/**
 * Sends a photo: asks for a signed address, puts the bytes straight into storage, tells the server that they are there.
 * Lost connections are tried again with growing pauses, each time with a fresh address.
 */
export async function sendFile(file: Blob, type: string, options: { signal: AbortSignal; onProgress: (share: number) => void }): Promise<string> {
  for (let attempt = 1; ; attempt++) {
    try {
      const ticket = await ask<Ticket>("/api/uploads", { content_type: type, size: file.size, purpose: "post" }, options.signal);
      await putBytes(ticket, file, options);
      await ask(`/api/uploads/${ticket.media_id}/complete`, {}, options.signal);
      return ticket.media_id;
    } catch (error) {
      options.signal.throwIfAborted();
      const failure = error instanceof SendError ? error : new SendError(LOST, true);
      if (!failure.canRetry || attempt === ATTEMPTS || !navigator.onLine) throw failure;
      await pause(500 * 2 ** attempt, options.signal);
    }
  }
}

/** A call of our own API; errors bear the server's words. */
export async function ask<T>(path: string, body: object, signal?: AbortSignal, headers?: Record<string, string>): Promise<T> {
  const response = await fetch(path, {
    method: "POST", body: JSON.stringify(body), headers: { "content-type": "application/json", ...headers }, signal,
  }).catch(() => {
    signal?.throwIfAborted();
    throw new SendError(LOST, true);
  });
  const answer = await response.json().catch(() => null);
  if (response.ok && answer) return answer as T;
  const canRetry = response.status >= 500 || response.status === 429;
  throw Object.assign(new SendError(answer?.error?.message ?? "The server did not answer. Try again.", canRetry), { fields: answer?.error?.fields, status: response.status });
}

/** XMLHttpRequest, because fetch does not tell how many bytes have left. */
function putBytes(ticket: Ticket, file: Blob, { signal, onProgress }: { signal: AbortSignal; onProgress: (share: number) => void }): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const cancel = () => request.abort();
    request.open(ticket.method, ticket.url);
    for (const [name, value] of Object.entries(ticket.headers ?? {})) {
      if (!/^content-length$/i.test(name)) request.setRequestHeader(name, value);
    }
    request.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total);
    request.onload = () => (request.status < 300 ? resolve() : reject(new SendError("The storage did not take the photo. Try again.", true)));
    request.onerror = () => reject(new SendError(LOST, true));
    request.onabort = () => reject(signal.reason ?? new SendError(LOST, true));
    request.onloadend = () => signal.removeEventListener("abort", cancel);
    signal.addEventListener("abort", cancel);
    request.send(file);
  });
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => (clearTimeout(timer), reject(signal.reason)), { once: true });
  });
}
