import type { Service } from "./service.d.mts";
export function openRedis(options: { dir: string; log: string; port: number; password: string; extra?: string }): Promise<Service | null>;
