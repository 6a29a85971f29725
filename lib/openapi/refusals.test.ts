import fc from "fast-check";
import { beforeAll, describe, it, vi } from "vitest";
import { registry } from "@/lib/jobs";
import { callApi, listRoutes, type Method, methodsOf, type Route } from "@/lib/testing/api";
import { makePost, makeUser } from "@/lib/testing/factories";
import { installJobs } from "@/lib/testing/jobs";
import { check, INTERNAL, operation } from "@/lib/testing/published";

// Before anything that is loaded reads them.
vi.hoisted(() => Object.assign(process.env, { LIMIT_API_PER_MINUTE: "1000000", LIMIT_API_PERSON_PER_MINUTE: "1000000", LIMIT_LOGIN_PER_MINUTE: "1000", LIMIT_SIGNUP_PER_HOUR: "1000", LIMIT_POSTS_PER_HOUR: "1000", LIMIT_COMMENTS_PER_MINUTE: "1000", LIMIT_MAILS_PER_HOUR: "1000" }));

beforeAll(async () => {
  await installJobs(registry);
});

describe("refusals", () => {
  it("are what is published, whatever is sent to any endpoint, and never a 500", async () => {
    const [viewer, other] = [await makeUser(), await makeUser()];
    const post = await makePost(other);
    const text = fc.oneof(fc.string({ unit: "binary", maxLength: 12 }), fc.constantFrom("", "0", "-1", "9223372036854775808", "\u0000", "@", "null", "{}", post, other.id, `@${other.username}`));
    const value = fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null), fc.array(text, { maxLength: 2 }), fc.dictionary(text, text, { maxKeys: 2 }));
    const routes = listRoutes().filter((route) => !INTERNAL.includes(route.path));
    const asked: { route: Route; method: Method; keys: string[] }[] = [];
    for (const route of routes) {
      for (const method of await methodsOf(route)) {
        const schema = operation(method, route.path)!.requestBody?.content["application/json"]?.schema as { properties?: object } | undefined;
        asked.push({ route, method, keys: [...Object.keys(schema?.properties ?? {}), ...operation(method, route.path)!.parameters.map((parameter) => parameter.name), "__proto__"] });
      }
    }
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...asked), fc.array(text, { minLength: 3, maxLength: 3 }), fc.array(value, { minLength: 12, maxLength: 12 }), fc.boolean(), fc.boolean(), async ({ route, method, keys }, parts, values, isSignedIn, isBroken) => {
        const fields = Object.fromEntries(keys.map((key, i) => [key, values[i % values.length]]));
        const path = route.path.replace(/\{\w+\}/g, () => encodeURIComponent(parts.pop()!.toWellFormed()) || "-");
        const query = new URLSearchParams(Object.entries(fields).filter((entry): entry is [string, string] => typeof entry[1] === "string")).toString();
        const body = method === "GET" ? {} : { body: isBroken ? JSON.stringify(values[0]).slice(0, -1) : fields };
        check(method, route, await callApi(method, `${path}?${query}`, { as: isSignedIn ? viewer : null, ...body }));
      }),
      { numRuns: 1_500, endOnFailure: true, interruptAfterTimeLimit: 60_000 },
    );
  }, 120_000);
});
