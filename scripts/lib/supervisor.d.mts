import type { Running } from "./service.d.mts";

type Kept = { name: string; log?: string; stopSignal: NodeJS.Signals; patience?: number; start(): Promise<Running> };
export function supervisor(): { keep(service: Kept): Promise<void>; stop(): Promise<void>; gaveUp: Promise<Error> };
