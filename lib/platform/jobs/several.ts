import { z } from "zod";

/** The name under which a request with several jobs is signed; no job has it, since theirs have a dot. */
export const SEVERAL = "several";

/** Several jobs in one request, as the worker writes them. */
export const severalSchema = z.array(z.object({ name: z.string(), id: z.guid(), attempt: z.int().min(1), data: z.unknown() })).max(100);

/** How one of them ended: a line of the answer, written when it ends. */
export const endSchema = z.object({ id: z.guid(), kind: z.enum(["done", "permanent", "failed", "not_now"]), message: z.string().optional() });
export type End = z.infer<typeof endSchema>;

/** What a text says as JSON; undefined when it is none. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
