"use server";
import { z } from "zod";
import { action } from "@/lib/platform/http/action";
import { listDistant } from "./distant-lists";
import { DistantRows } from "./distant-rows";

/** People of a list from the second part on. */
const PART = 50;

export const moreDistant = action({ schema: z.object({ kind: z.enum(["block", "mute", "restrict", "favourite"]), cursor: z.string().regex(/^\d{1,19}$/) }), reads: true }, async ({ viewer, input }) => {
  const people = await listDistant(viewer, input.kind, { limit: PART, cursor: input.cursor });
  return { nodes: <DistantRows kind={input.kind} people={people.items} />, next: people.nextCursor };
});
