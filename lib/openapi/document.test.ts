import { describe, expect, it } from "vitest";
import { listRoutes, methodsOf } from "@/lib/testing/api";
import { ajv, inApi, INTERNAL, type Operation, published } from "@/lib/testing/published";
import { endpoints } from "./api";
import { frontEndpoints } from "./reading";

describe("what is published and what is there", () => {
  it("are the same endpoints", async () => {
    const there: string[] = [];
    for (const route of listRoutes()) if (!INTERNAL.includes(route.path)) there.push(...(await methodsOf(route)).map((method) => `${method} ${route.path}`));
    const described = endpoints.filter((endpoint) => !frontEndpoints.includes(endpoint)).map((endpoint) => `${endpoint.method} ${endpoint.path}`);
    expect(described.toSorted()).toEqual(there.toSorted());
    expect(new Set(described).size).toBe(described.length);
  });

  it("are the same schemas and the same need to be signed in", async () => {
    for (const route of listRoutes()) {
      if (INTERNAL.includes(route.path)) continue;
      const handlers = await import(/* @vite-ignore */ route.file);
      for (const method of await methodsOf(route)) {
        const described = endpoints.find((endpoint) => endpoint.method === method && endpoint.path === route.path)!;
        const { options } = handlers[method] as { options?: { auth?: string; params?: unknown; query?: unknown; body?: unknown } };
        expect([route.path, described.auth]).toEqual([route.path, options ? (options.auth ?? "required") : "none"]);
        expect(described.params === options?.params && described.query === options?.query).toBe(true);
        // A route that also takes forms or plain texts reads its body itself.
        if (!described.form && !described.plain) expect(described.body === options?.body).toBe(true);
      }
    }
  });

  it("is a document whose parts fit together", () => {
    expect(published.openapi).toBe("3.1.0");
    const operations = Object.entries(published.paths).flatMap(([path, methods]) => Object.values(methods).map((one) => [path, one as Operation] as const));
    expect(new Set(operations.map(([, one]) => one.operationId)).size).toBe(operations.length);
    for (const [path, one] of operations) {
      expect(one.parameters.filter((parameter) => parameter.in === "path").map((parameter) => parameter.name)).toEqual([...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]));
      for (const { schema } of [...one.parameters, ...Object.values(one.requestBody?.content ?? {})]) expect(() => ajv.compile(inApi(schema))).not.toThrow();
    }
    for (const name of Object.keys(published.components.schemas)) expect(() => ajv.compile({ $ref: `api#/$defs/${name}` })).not.toThrow();
    expect(JSON.stringify(published)).not.toMatch(/#\/\$defs/);
    expect(Object.keys(published.components.schemas).toSorted()).toEqual(["Circle", "Collection", "Comment", "DeletedPost", "Digest", "Draft", "Error", "HiddenWord", "Media", "MediaEdit", "Message", "Notification", "NotificationChoices", "Pagination", "PhotoReceipt", "Place", "Post", "PostVersion", "Privacy", "Profile", "PushDevice", "Reaction", "Receipt", "Repost", "Self", "Tag", "Thread", "User", "UserSummary", "VideoReceipt", "WaitingComment"]);
  });
});
