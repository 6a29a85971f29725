"use server";
import { z } from "zod";
import { cursorSchema } from "@/components/feed/cursor";
import { action } from "@/lib/platform/http/action";
import { ResultRows } from "./result-rows";
import { SEARCH_TYPES, searchPart } from "./search-part";

const schema = z.object({ q: z.string().max(200), type: z.enum(SEARCH_TYPES), cursor: cursorSchema });

export const moreResults = action({ schema, auth: "optional", reads: true }, async ({ viewer, input }) => {
  const found = await searchPart(viewer, input.type, input.q, input.cursor);
  return { nodes: <ResultRows found={found} />, next: found.nextCursor };
});
