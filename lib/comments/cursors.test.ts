import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeCommentCursor, encodeCommentCursor } from "./cursors";
import { listCommentsSchema } from "./schemas";

describe("where a list of comments goes on", () => {
  const id = fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }).map(String);
  const relevance = fc.record({ kind: fc.constant("relevance" as const), at: fc.nat({ max: 4_000_000_000_000 }), floor: id, grade: fc.nat({ max: 4 }), score: fc.nat({ max: 4_000_000_000 }), id });

  it("comes back as it went out, and is accepted by its own list only", () => {
    fc.assert(fc.property(fc.oneof(relevance, id.map((one) => ({ kind: "id" as const, id: one }))), (cursor) => {
      const text = encodeCommentCursor(cursor);
      expect(decodeCommentCursor(text)).toEqual(cursor);
      expect(text.length).toBeLessThanOrEqual(200);
      const isRelevance = cursor.kind === "relevance";
      expect(listCommentsSchema.safeParse({ cursor: text, sort: "relevance" }).success).toBe(isRelevance);
      expect(listCommentsSchema.safeParse({ cursor: text, sort: "newest" }).success).toBe(!isRelevance);
      expect(listCommentsSchema.safeParse({ cursor: text, sort: "relevance", parent_id: "1" }).success).toBe(!isRelevance);
    }));
  });

  it("is nothing else", () => {
    fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 60 }), (text) => {
      const cursor = decodeCommentCursor(Buffer.from(text).toString("base64url"));
      if (cursor !== null) expect(/^\d{1,19}$/.test(cursor.id)).toBe(true);
    }), { numRuns: 2_000 });
    for (const text of ["c1.1.1.1", "c1.zzzzzzzzzzzzz.1.1.1", "c1.1.9.1.1", "k", "kx"]) expect(decodeCommentCursor(Buffer.from(text).toString("base64url"))).toBeNull();
  });
});
