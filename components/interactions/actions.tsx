"use server";
import { z } from "zod";
import { cursorSchema } from "@/components/feed/cursor";
import { PersonRow } from "@/components/graph/person-row";
import { listLikers } from "@/lib/interactions/queries";
import { action } from "@/lib/platform/http/action";
import { idSchema } from "@/lib/platform/ids";

const PART = 30;

/** Who liked a post, rendered; from the newest, or from the cursor on. */
export const listLikersPart = action({ schema: z.object({ post_id: idSchema, cursor: cursorSchema.optional() }), auth: "optional", reads: true }, async ({ viewer, input }) => {
  const slice = await listLikers(viewer, input.post_id, { limit: PART, cursor: input.cursor ?? null });
  return { nodes: slice.items.map((user) => <PersonRow key={user.id} user={user} />), next: slice.nextCursor };
});
