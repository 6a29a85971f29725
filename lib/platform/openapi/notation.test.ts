import { expect, it } from "vitest";
import { z } from "zod";
import { notationOf } from "./notation";

const read = (schema: z.ZodType) => notationOf(z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }));

it("writes schemas as people read them", () => {
  expect(read(z.object({ a: z.string(), b: z.number().int().optional(), c: z.array(z.enum(["x", "y"])), "d-e": z.string().nullable().describe("Why") }))).toBe(
    `{\n  a: string\n  b?: number\n  c: ("x" | "y")[]\n  "d-e": string | null  // Why\n}`,
  );
  expect(read(z.record(z.string(), z.boolean()))).toBe("{ [name]: boolean }");
  expect(read(z.object({}))).toBe("{}");
  expect(read(z.iso.datetime())).toBe("time");
  expect(notationOf({ anyOf: [{ $ref: "#/components/schemas/Post" }, { type: "null" }] })).toBe("Post | null");
  expect(read(z.object({ in: z.array(z.object({ id: z.string() })) }))).toBe("{\n  in: {\n    id: string\n  }[]\n}");
});
