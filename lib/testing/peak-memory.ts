import { decoderPids } from "@/lib/media/decoder";
import { residentMemory } from "@/lib/platform/process/resident-memory";

/** Watches how much memory this process and its decoders take, in MB. */
export class PeakMemory {
  #own = 0;
  #decoders = 0;
  #timer: NodeJS.Timeout | undefined;

  start(): void {
    this.#timer = setInterval(() => this.#look(), 10);
  }

  stop(): { own: number; decoders: number } {
    clearInterval(this.#timer);
    this.#look();
    return { own: this.#own, decoders: this.#decoders };
  }

  #look(): void {
    this.#own = Math.max(this.#own, Math.round(process.memoryUsage.rss() / 1e6));
    this.#decoders = Math.max(this.#decoders, decoderPids().reduce((sum, pid) => sum + residentMegabytes(pid), 0));
  }
}

/** 0 when it has ended. */
export const residentMegabytes = (pid: number): number => Math.round(residentMemory(pid) / 1e6);
