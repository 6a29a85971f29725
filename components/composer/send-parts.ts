import { partsOf, UPLOAD_EXPIRES_IN } from "@/lib/media/limits";
import { ask, insist, SendError } from "./ask";
import { type Destination, putBytes } from "./put-bytes";

/** Parts of one file under way at the same time. */
const LANES = 3;
/** With their pauses three quarters of a minute: a phone that wakes up takes a while to find its network. */
const ATTEMPTS = 8;
/** New addresses asked for at once. */
const BATCH = 16;
/** An address is not begun with so shortly before its end, ms. */
const MARGIN = 30_000;

export type PartAddress = Destination & { number: number };
export type PartedUpload = { mediaId: string; md5s: string[]; addresses?: PartAddress[] };
type Options = { signal: AbortSignal; onProgress: (share: number) => void };

/** The server does not know this upload any more: it has to begin anew. */
export class UploadGoneError extends SendError {
  constructor() {
    super("The upload is gone.", false, { status: 404 });
  }
}

/** Sends the parts that have not `arrived`, several at once; a lost one goes again by itself. Throws `SendError`, `UploadGoneError`. */
export async function sendParts(file: Blob, upload: PartedUpload, arrived: readonly number[], { signal, onProgress }: Options): Promise<void> {
  const queue = partsOf(file.size).filter(({ number }) => !arrived.includes(number));
  const left = () => queue.map(({ number }) => number);
  const sent = new Map(arrived.map((number) => [number, partsOf(file.size)[number - 1]!.size]));
  const report = (number: number, bytes: number) => {
    sent.set(number, bytes);
    onProgress(Math.min(1, [...sent.values()].reduce((sum, one) => sum + one, 0) / file.size));
  };
  const book = new AddressBook(upload);
  const breadth = new Breadth();
  // One part that can't be sent ends the others, too.
  const ending = new AbortController();
  const lane = { signal: AbortSignal.any([signal, ending.signal]) };
  const work = async () => {
    for (let part = queue.shift(); part; part = queue.shift()) {
      const { number, start, size } = part;
      await insist(lane.signal, async () => {
        report(number, 0);
        const to = await book.find(number, left(), lane.signal);
        const put = () => putBytes(to, file.slice(start, start + size), { ...lane, onSent: (bytes) => report(number, bytes) });
        await breadth.within(put).catch((error: unknown) => book.judge(number, error));
      }, ATTEMPTS);
      report(number, size);
    }
  };
  try {
    await Promise.all(Array.from({ length: LANES }, work));
  } catch (error) {
    ending.abort(error);
    throw error;
  }
}

/**
 * How many parts go at once: one after a loss, more again with each that arrives. A line that breaks every few megabytes
 * would otherwise break all of them each time, and none would ever arrive.
 */
class Breadth {
  private allowed = LANES;
  private active = 0;
  private waiting: (() => void)[] = [];

  async within(work: () => Promise<void>): Promise<void> {
    while (this.active >= this.allowed) await new Promise<void>((resolve) => this.waiting.push(resolve));
    this.active++;
    try {
      await work();
      this.allowed = Math.min(LANES, this.allowed + 1);
    } catch (error) {
      this.allowed = 1;
      throw error;
    } finally {
      this.active--;
      for (const wake of this.waiting.splice(0)) wake();
    }
  }
}

/** The addresses of an upload's parts, renewed before they end. */
class AddressBook {
  private known = new Map<number, Destination>();
  private until = 0;
  private asking: Promise<void> | undefined;

  constructor(private readonly upload: PartedUpload) {
    if (upload.addresses) this.keep(upload.addresses);
  }

  private keep(addresses: PartAddress[]) {
    this.known = new Map(addresses.map(({ number, ...to }) => [number, to]));
    this.until = performance.now() + UPLOAD_EXPIRES_IN * 1000 - MARGIN;
  }

  async find(number: number, next: readonly number[], signal: AbortSignal): Promise<Destination> {
    for (;;) {
      const to = performance.now() < this.until ? this.known.get(number) : undefined;
      if (to) return to;
      this.asking ??= this.renew([number, ...next].slice(0, BATCH), signal).finally(() => (this.asking = undefined));
      await this.asking;
    }
  }

  private async renew(numbers: number[], signal: AbortSignal): Promise<void> {
    const parts = numbers.map((number) => ({ number, md5: this.upload.md5s[number - 1] }));
    const answer = await ask<{ parts: PartAddress[] }>(`/api/uploads/${this.upload.mediaId}/parts`, { parts }, { signal }).catch((error: unknown) => {
      throw error instanceof SendError && (error.status === 404 || error.status === 409) ? new UploadGoneError() : error;
    });
    const others = performance.now() < this.until ? [...this.known].map(([number, to]) => ({ number, ...to })) : [];
    this.keep([...others, ...answer.parts]);
  }

  /** Passes on why the storage refused a part; an address that it does not honour (any more) is forgotten. */
  judge(number: number, error: unknown): never {
    if (error instanceof SendError && error.status === 404) throw new UploadGoneError();
    if (error instanceof SendError && error.status === 403) this.known.delete(number);
    throw error;
  }
}
