import type { Service } from "./service.d.mts";
export function openPostgres(options: { dir: string; log: string; port: number; password: string; settings?: Record<string, string> }): Promise<Service & { prepare(): Promise<void> }>;
export function shares(megabytes: number): { shared_buffers: string; effective_cache_size: string; maintenance_work_mem: string };
