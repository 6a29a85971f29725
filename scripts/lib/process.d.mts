import type { Running } from "./service.d.mts";
export function launch(options: { file: string; args: string[]; log?: string; env?: NodeJS.ProcessEnv; cwd?: string; uid?: number; gid?: number }): Running;
export function end(running: Running, signal?: NodeJS.Signals, ms?: number): Promise<void>;
export function endWithUs(pid: number, signal: "INT" | "TERM"): { release: () => void };
export function runs(pid: number, text: string): boolean;
