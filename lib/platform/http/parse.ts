import type { z } from "zod";
import { type FieldErrors, invalid, malformed, notFound } from "@/lib/platform/errors";

/** First message of each field, dotted for nested ones. */
export function fieldErrors(error: z.ZodError): FieldErrors {
  const fields: FieldErrors = {};
  for (const issue of error.issues) fields[issue.path.join(".") || "body"] ??= issue.message;
  return fields;
}

/** NUL cannot be stored in Postgres text, and lone surrogates cannot be encoded: neither ever reaches a query. */
function isStorable(value: unknown): boolean {
  if (typeof value === "string") return !value.includes("\u0000") && value.isWellFormed();
  if (Array.isArray(value)) return value.every(isStorable);
  if (value && typeof value === "object") return Object.entries(value).every(([k, v]) => isStorable(k) && isStorable(v));
  return true;
}

/**
 * Input judged by its schema. A path that cannot be is 404, a body that is no object 400, everything else 422 with the
 * fields named.
 */
export function parseInput<S extends z.ZodType>(schema: S, input: unknown, where: "path" | "query" | "body"): z.infer<S> {
  if (where === "body" && (input === null || typeof input !== "object" || Array.isArray(input))) throw malformed("The body must be a JSON object.");
  if (!isStorable(input)) {
    if (where === "path") throw notFound();
    throw malformed("The text has characters that cannot be stored.");
  }
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  if (where === "path") throw notFound();
  const fields = fieldErrors(result.error);
  const [name, message] = Object.entries(fields)[0] ?? ["body", "is not valid"];
  throw invalid(`${name}: ${message}`, fields);
}
