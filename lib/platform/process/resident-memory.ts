import { readFileSync } from "node:fs";

/** Bytes of memory that a process holds (proc(5), VmRSS); 0 when it has ended, and where that can't be known (Linux alone tells). */
export function residentMemory(pid: number): number {
  try {
    return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}
