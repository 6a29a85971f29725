import { statfsSync } from "node:fs";

/** What must stay free for others while a world is loaded. */
const KEPT_GB = 8;

export const freeGb = (folder: string): number => {
  const disk = statfsSync(folder);
  return (disk.bavail * disk.bsize) / 1e9;
};

/** A sentence if a world will not fit where it would lie, else null. */
export function tooSmall(folder: string, needed: number): string | null {
  const free = freeGb(folder);
  if (free >= needed + KEPT_GB) return null;
  return `This world takes up to ${needed} GB while it is made and ${KEPT_GB} GB shall stay free, but only ${free.toFixed(0)} GB are free in ${folder}. Free some, or choose a smaller one (--world 100k).`;
}

/** Looks every other second how much is free; below 8 GB `check` throws and `ends` rejects, each with a plain sentence. */
export class DiskWatch {
  readonly ends: Promise<never>;
  private trouble?: Error;
  private readonly timer: NodeJS.Timeout;

  constructor(folder: string) {
    const ends = Promise.withResolvers<never>();
    this.ends = ends.promise;
    this.ends.catch(() => {});
    this.timer = setInterval(() => {
      const free = freeGb(folder);
      if (free >= KEPT_GB) return;
      this.trouble = new Error(`Stopped: only ${free.toFixed(1)} GB are free in ${folder}, and ${KEPT_GB} shall stay free. What was loaded is thrown away at the next start; choose a smaller world, or free some.`);
      ends.reject(this.trouble);
    }, 2_000);
    this.timer.unref();
  }

  check(): void {
    if (this.trouble) throw this.trouble;
  }

  stop(): void {
    clearInterval(this.timer);
  }
}
