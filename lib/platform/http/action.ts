import "server-only";
import { headers } from "next/headers";
import { unstable_rethrow } from "next/navigation";
import type { z } from "zod";
import { AppError, type FieldErrors, unauthenticated } from "@/lib/platform/errors";
import { log } from "@/lib/platform/log";
import { limitApi } from "@/lib/platform/ratelimit/ratelimit";
import { getViewer, type Viewer } from "@/lib/platform/viewer/viewer";
import { noteWrite } from "@/lib/platform/viewer/writes";
import { clientAddress } from "./address";
import { isOutage } from "./error-response";
import { parseInput } from "./parse";

/** What an action answers: data, or an error that may be shown. */
export type ActionResult<T> = { ok: true; data: T } | { ok: false; error: { code: string; message: string; fields?: FieldErrors; retryAfter?: number } };

type Context<A, I> = { viewer: A extends "optional" ? Viewer | null : Viewer; input: I; address: string };

/**
 * The one wrapper around server actions: authenticates (fails closed), limits, validates, and never lets an exception's
 * words reach the browser. Next.js itself refuses actions posted from another origin. `reads`: it only reads, so that who calls it may go on reading a replica.
 */
export function action<S extends z.ZodType, T, A extends "required" | "optional" = "required">(
  options: { schema: S; auth?: A; reads?: true },
  work: (context: Context<A, z.infer<S>>) => Promise<T>,
) {
  return async (input: z.input<S>): Promise<ActionResult<T>> => {
    try {
      const viewer = await getViewer();
      const address = clientAddress(await headers());
      await limitApi(viewer?.id ?? null, address);
      if (!viewer && options.auth !== "optional") throw unauthenticated();
      const doing = work({ viewer, input: parseInput(options.schema, input, "body"), address } as Context<A, z.infer<S>>);
      return { ok: true, data: await (viewer && !options.reads ? doing.finally(() => noteWrite(viewer.id)) : doing) };
    } catch (error) {
      unstable_rethrow(error);
      return { ok: false, error: await describe(error) };
    }
  };
}

/** State of a form between submissions: what was typed stays. */
export type FormState = { ok?: boolean; message?: string; fields?: FieldErrors; values?: Record<string, string> };

/**
 * The same for forms that work before hydration (`useActionState`): fields become an object; on an error the state
 * bears the messages and, but for passwords, what was typed.
 */
export function formAction<S extends z.ZodType, A extends "required" | "optional" = "required">(
  options: { schema: S; auth?: A },
  work: (context: Context<A, z.infer<S>>) => Promise<{ message?: string; values?: Record<string, string> } | void>,
) {
  const run = action(options as { schema: z.ZodType; auth?: A }, work as never) as (input: unknown) => Promise<ActionResult<{ message?: string; values?: Record<string, string> } | undefined>>;
  return async (_state: FormState, form: FormData): Promise<FormState> => {
    const typed = Object.fromEntries([...form].filter((e): e is [string, string] => typeof e[1] === "string" && !e[0].startsWith("$")));
    const result = await run(typed);
    if (result.ok) return { ok: true, message: result.data?.message, ...(result.data?.values ? { values: result.data.values } : {}) };
    const values = Object.fromEntries(Object.entries(typed).filter(([name]) => !/password|^code$|token/i.test(name)));
    return { ok: false, message: result.error.message, fields: result.error.fields, values };
  };
}

async function describe(error: unknown) {
  if (error instanceof AppError) return { code: error.code, message: error.message, fields: error.fields, retryAfter: error.retryAfter };
  log().error({ request_id: (await headers()).get("x-request-id"), err: error }, "action failed");
  return isOutage(error)
    ? { code: "unavailable", message: "The server is catching its breath. Try again in a moment.", retryAfter: 5 }
    : { code: "internal", message: "Something went wrong on our side. Try again." };
}
