import type { Running } from "./service.d.mts";
export function end(running: Running, signal?: NodeJS.Signals, ms?: number): Promise<void>;
