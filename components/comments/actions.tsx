"use server";
import { z } from "zod";
import { cursorSchema } from "@/components/feed/cursor";
import { PersonRow } from "@/components/graph/person-row";
import { listCommentLikers } from "@/lib/comments/likes";
import { action } from "@/lib/platform/http/action";
import { idSchema } from "@/lib/platform/ids";

const PART = 30;

/** Who liked a comment, from the first, or from the cursor on. */
export const listCommentLikersPart = action({ schema: z.object({ comment_id: idSchema, cursor: cursorSchema.optional() }), auth: "optional", reads: true }, async ({ viewer, input }) => {
  const slice = await listCommentLikers(viewer, input.comment_id, { limit: PART, cursor: input.cursor ?? null });
  return { nodes: slice.items.map((user) => <PersonRow key={user.id} user={user} />), next: slice.nextCursor };
});
