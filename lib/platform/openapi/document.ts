import { z } from "zod";
import { type Endpoint, errorsOf } from "./endpoint";

type Json = Record<string, unknown>;
type Info = { title: string; version: string; description: string; server: string };

export type OpenApiDocument = { openapi: "3.1.0"; info: Json; servers: Json[]; tags: Json[]; paths: Record<string, Record<string, Json>>; components: { schemas: Record<string, Json>; securitySchemes: Json } };

const WORDS: Record<number, string> = {
  200: "Done", 201: "Created", 202: "Accepted", 204: "Done; no body", 400: "The request could not be read", 401: "Not signed in, or the token is not valid (any more)", 403: "Never allowed here",
  404: "Not there, or not for you", 409: "Already taken", 413: "Too large", 415: "Of a type that is not taken", 422: "Understood, but not valid: `fields` says what", 429: "Too many; see `Retry-After`", 503: "Try again; see `Retry-After`",
};

export const errorSchema = z
  .strictObject({
    error: z.strictObject({
      code: z.string().describe("A word for programs"),
      message: z.string().describe("A sentence for people"),
      fields: z.record(z.string(), z.string()).optional().describe("What is wrong, by field; nested ones with dots"),
      challenge: z.string().optional().describe("With the codes two_factor_required and account_deleted: what the next step must name"),
      current: z.looseObject({}).optional().describe("Of a conflict between two changes: what is there now"),
      request_id: z.string(),
    }),
  })
  .meta({ id: "Error" });

/** The OpenAPI 3.1 description of the endpoints. Schemas with an id become components. */
export function buildDocument(endpoints: readonly Endpoint[], info: Info): OpenApiDocument {
  const schemas = new Components();
  schemas.of(errorSchema, "output");
  const paths: OpenApiDocument["paths"] = {};
  for (const endpoint of endpoints) (paths[endpoint.path] ??= {})[endpoint.method.toLowerCase()] = describe(endpoint, schemas);
  return {
    openapi: "3.1.0",
    info: { title: info.title, version: info.version, description: info.description },
    servers: [{ url: info.server }],
    tags: [...new Set(endpoints.map((endpoint) => endpoint.group))].map((name) => ({ name })),
    paths,
    components: {
      schemas: schemas.all,
      securitySchemes: { bearer: { type: "http", scheme: "bearer", bearerFormat: "JWT", description: "From `POST /api/auth/login`; valid for 7 days." } },
    },
  };
}

function describe(endpoint: Endpoint, schemas: Components): Json {
  const { method, path, group, summary, details, auth, answers } = endpoint;
  const content = contentOf(endpoint, schemas);
  return {
    operationId: `${method.toLowerCase()}${path.replace(/^\/api/, "").replace(/[{}]/g, "").replace(/[^a-zA-Z0-9]+(\w?)/g, (_, next: string) => next.toUpperCase())}`,
    summary,
    ...(details ? { description: details } : {}),
    tags: [group],
    security: auth === "required" ? [{ bearer: [] }] : auth === "optional" ? [{}, { bearer: [] }] : [],
    parameters: parametersOf(endpoint, schemas),
    ...(content ? { requestBody: { content } } : {}),
    responses: {
      ...Object.fromEntries(Object.entries(answers).map(([status, schema]) => [status, { description: WORDS[Number(status)], ...(schema ? { content: { [endpoint.answerType ?? "application/json"]: { schema: schemas.of(schema, "output") } } } : {}) }])),
      ...Object.fromEntries(errorsOf(endpoint).map((status) => [status, { description: WORDS[status], content: { "application/json": { schema: { $ref: "#/components/schemas/Error" } } } }])),
    },
  };
}

function contentOf({ body, form, plain }: Endpoint, schemas: Components): Json | null {
  if (!body && !form) return null;
  return {
    ...(body ? { "application/json": { schema: schemas.of(body, "input") } } : {}),
    ...(form ? { "multipart/form-data": { schema: schemas.of(form, "input") } } : {}),
    ...(plain ? { [plain]: { schema: { type: "string" } } } : {}),
  };
}

function parametersOf({ params, query, isRepeatable }: Endpoint, schemas: Components): Json[] {
  const key = { name: "Idempotency-Key", in: "header", required: false, description: "The same key from the same person within 24 h returns the first answer.", schema: { type: "string", maxLength: 200 } };
  return [...listed(params, "path", schemas), ...listed(query, "query", schemas), ...(isRepeatable ? [key] : [])];
}

function listed(schema: z.ZodType | undefined, place: "path" | "query", schemas: Components): Json[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = schemas.of(schema, "input") as { properties?: Record<string, Json>; required?: string[] };
  return Object.entries(properties).map(([name, { description, ...rest }]) => ({ name, in: place, required: place === "path" || required.includes(name), ...(description ? { description } : {}), schema: rest }));
}

/** JSON Schemas of zod schemas; those that have an id are collected and referred to. */
class Components {
  readonly all: Record<string, Json> = {};

  of(schema: z.ZodType, io: "input" | "output"): Json {
    const { $schema: _dialect, $defs = {}, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: "any", override: ({ jsonSchema }) => tidy(jsonSchema as Json) }) as Json & { $defs?: Record<string, Json> };
    for (const [id, definition] of Object.entries($defs)) this.all[id] ??= referring(definition);
    const { id, ...plain } = rest as Json & { id?: string };
    if (id === undefined) return referring(plain);
    this.all[id] ??= referring(plain);
    return { $ref: `#/components/schemas/${id}` };
  }
}

/** The format says it; the pattern of a date has 300 characters. */
function tidy(schema: Json): void {
  if (schema.format === "date-time") delete schema.pattern;
}

function referring(value: Json): Json {
  const { id: _id, ...rest } = JSON.parse(JSON.stringify(value).replaceAll('"#/$defs/', '"#/components/schemas/')) as Json;
  return rest;
}
