import type { ChildProcess } from "node:child_process";

/** A program that runs, and the promise of how it ends. */
export type Running = { child: ChildProcess; ended: Promise<{ code: number | null; signal: string | null }>; pid?: number };

/** Something the supervisor can start, keep and stop. */
export type Service = { name: string; log?: string; url: string; stopSignal: NodeJS.Signals; start(): Promise<Running> };
