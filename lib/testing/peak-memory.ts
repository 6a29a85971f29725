import { readFileSync } from "node:fs";
import { decoderPids } from "@/lib/media/decoder";

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
    return { own: this.#own, decoders: this.#decoders };
  }

  #look(): void {
    this.#own = Math.max(this.#own, Math.round(process.memoryUsage.rss() / 1e6));
    this.#decoders = Math.max(this.#decoders, decoderPids().reduce((sum, pid) => sum + residentMegabytes(pid), 0));
  }
}

/** 0 when it has ended. */
export function residentMegabytes(pid: number): number {
  try {
    return Math.round((Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) * 1024) / 1e6);
  } catch {
    return 0;
  }
}
