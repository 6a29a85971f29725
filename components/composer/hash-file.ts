import type { Hashes } from "./hash-worker";

export type { Hashes } from "./hash-worker";

/** Checksums of a file and of its parts, computed beside the page, so that it stays smooth. Throws when the file can't be read any more. */
export function hashFile(file: Blob, signal: AbortSignal): Promise<Hashes> {
  const worker = new Worker(new URL("./hash-worker.ts", import.meta.url), { type: "module" });
  return new Promise<Hashes>((resolve, reject) => {
    const cancel = () => reject(signal.reason);
    signal.addEventListener("abort", cancel, { once: true });
    if (signal.aborted) cancel();
    worker.onmessage = ({ data }: MessageEvent<Hashes | null>) => (data ? resolve(data) : reject(new Error("the file can't be read")));
    worker.onerror = (event) => reject(new Error(event.message || "the checksums could not be computed"));
    worker.postMessage(file);
  }).finally(() => worker.terminate());
}
