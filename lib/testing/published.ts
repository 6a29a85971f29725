import addFormats from "ajv-formats";
import Ajv2020, { type ValidateFunction } from "ajv/dist/2020";
import { expect } from "vitest";
import { openApi } from "@/lib/openapi/api";
import type { HttpMethod } from "@/lib/platform/openapi/endpoint";
import { type Answer, type Call, callApi, listRoutes, type Method, type Route } from "./api";

/** The worker's own doors, and next-auth's: not published. */
export const INTERNAL = ["/api/jobs", "/api/jobs/{name}", "/api/auth/{nextauth}"];

export const published = openApi();
export const ajv = addFormats(new Ajv2020({ strict: true, strictTypes: false, allowUnionTypes: true, formats: { binary: true } }));
/** With its references to where `ajv` has them. */
export const inApi = (schema: object) => JSON.parse(JSON.stringify(schema).replaceAll('"#/components/schemas/', '"api#/$defs/'));
ajv.addSchema({ $id: "api", $defs: inApi(published.components.schemas) });

const compiled = new Map<string, ValidateFunction>();

export type Operation = { operationId: string; parameters: { name: string; in: string; required: boolean; schema: object }[]; requestBody?: { content: Record<string, { schema: object }> }; responses: Record<string, { content?: Record<string, { schema: object }> }>; security: object[] };
export const operation = (method: HttpMethod, path: string) => published.paths[path]?.[method.toLowerCase()] as Operation | undefined;

/** What is published for an answer, or undefined when that status is not. */
function validatorOf(method: HttpMethod, path: string, status: number): ValidateFunction | null | undefined {
  const response = operation(method, path)?.responses[status];
  if (!response) return undefined;
  const schema = response.content?.["application/json"]?.schema;
  if (!schema) return null;
  const key = `${method} ${path} ${status}`;
  const validate = compiled.get(key) ?? ajv.compile(inApi(schema));
  compiled.set(key, validate);
  return validate;
}

/** Each endpoint that has answered as published, as `GET /api/posts/{id}`. */
export const answered = new Set<string>();

/** The description of the API itself, the same for everybody. */
const KEPT = ["/api/openapi.json"];

/** Throws unless the answer is as published, and such that nothing on its way keeps it. */
export function check(method: Method, route: Route, answer: Answer): Answer {
  const validate = validatorOf(method, route.path, answer.status);
  if (validate === undefined) throw new Error(`${method} ${route.path} answered ${answer.status}, which is not published: ${JSON.stringify(answer.body)}`);
  if (validate === null) expect(answer.body).toBeNull();
  else if (!validate(answer.body)) throw new Error(`${method} ${route.path} ${answer.status}: ${ajv.errorsText(validate.errors)}\n${JSON.stringify(answer.body).slice(0, 2000)}`);
  if (answer.body !== null && !KEPT.includes(route.path)) expect(answer.headers.get("cache-control"), `${method} ${route.path}`).toBe(answer.status < 300 ? "private, no-store" : "no-store");
  if (answer.status < 300) answered.add(`${method} ${route.path}`);
  return answer;
}

/** Asks as the outside does. Throws when the answer is not as published, and when it is a refusal. */
export async function ask(method: Method, address: string, call: Call = {}): Promise<Answer> {
  const route = listRoutes().find((one) => one.pattern.test(new URL(address, "http://x").pathname))!;
  const answer = check(method, route, await callApi(method, address, call));
  if (answer.status >= 300) throw new Error(`${method} ${address}: ${JSON.stringify(answer.body)}`);
  return answer;
}
