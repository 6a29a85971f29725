import { LOST, SendError, STALLED_AFTER } from "./ask";

export type Destination = { method: string; url: string; headers?: Record<string, string> };
type Options = { signal: AbortSignal; onSent: (bytes: number) => void };

/** Bodies under way at the same time, of all files together: a browser opens six connections to a host, and clicks need some. */
const MAX_UNDER_WAY = 4;
let underWay = 0;
const waiting: (() => void)[] = [];

/** Puts bytes into storage, when it is their turn. Throws `SendError`, with the storage's status if it answered. */
export async function putBytes(to: Destination, bytes: Blob, options: Options): Promise<void> {
  if (underWay >= MAX_UNDER_WAY) await new Promise<void>((resolve) => waiting.push(resolve));
  else underWay++;
  try {
    options.signal.throwIfAborted();
    await put(to, bytes, options);
  } finally {
    const next = waiting.shift();
    if (next) next();
    else underWay--;
  }
}

/** XMLHttpRequest, because fetch does not tell how many bytes have left. */
function put(to: Destination, bytes: Blob, { signal, onSent }: Options): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const cancel = () => request.abort();
    let stalled = setTimeout(cancel, STALLED_AFTER);
    request.open(to.method, to.url);
    for (const [name, value] of Object.entries(to.headers ?? {})) request.setRequestHeader(name, value);
    request.upload.onprogress = (event) => {
      clearTimeout(stalled);
      stalled = setTimeout(cancel, STALLED_AFTER);
      onSent(event.loaded);
    };
    request.onload = () => (request.status >= 200 && request.status < 300 ? resolve() : reject(new SendError("The storage did not take the file. Try again.", true, { status: request.status })));
    request.onerror = () => reject(new SendError(LOST, true));
    request.onabort = () => reject(signal.aborted ? signal.reason : new SendError(LOST, true));
    request.onloadend = () => {
      clearTimeout(stalled);
      signal.removeEventListener("abort", cancel);
    };
    signal.addEventListener("abort", cancel);
    request.send(bytes);
  });
}
