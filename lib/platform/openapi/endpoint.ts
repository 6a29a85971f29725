import type { z } from "zod";

export type HttpMethod = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
export type ErrorStatus = 400 | 401 | 403 | 404 | 409 | 413 | 415 | 422 | 429 | 503;

/** One thing that the API does, described by the schemas that its route itself uses. */
export type Endpoint = {
  method: HttpMethod;
  /** With parameters in braces: `/api/posts/{id}`. */
  path: string;
  /** Heading under which it is listed. */
  group: string;
  summary: string;
  /** More words, where the summary does not say all. */
  details?: string;
  /** "none": the route does not look at who asks. */
  auth: "required" | "optional" | "none";
  params?: z.ZodType;
  query?: z.ZodType;
  /** JSON body. */
  body?: z.ZodType;
  /** Multipart body beside (or instead of) the JSON one. */
  form?: z.ZodType;
  /** Media type of a text that may be the whole body instead of JSON. */
  plain?: string;
  /** Takes an `Idempotency-Key`. */
  isRepeatable?: boolean;
  /** Media type of the answers, unless it is JSON. */
  answerType?: string;
  /** By status; null means no body. */
  answers: Partial<Record<200 | 201 | 202 | 204, z.ZodType | null>>;
  /** Beyond those that follow from the rest. */
  errors?: ErrorStatus[];
};

/** The errors an endpoint may answer with: what every request may meet, what its inputs bring, and its own. */
export function errorsOf(endpoint: Endpoint): ErrorStatus[] {
  const { auth, params, query, body, form, isRepeatable, errors = [] } = endpoint;
  const found = new Set<ErrorStatus>([429, 503, ...errors]);
  if (auth !== "none") found.add(401);
  if (auth === "required" && endpoint.method !== "GET") found.add(403);
  if (params) found.add(404);
  if (query || body || form) found.add(400).add(422);
  if (body || form) found.add(413);
  if (isRepeatable) found.add(400);
  return [...found].sort((a, b) => a - b);
}
