"use server";
import { z } from "zod";
import { listCircleMembers } from "@/lib/graph/circle-queries";
import { action } from "@/lib/platform/http/action";
import { idSchema } from "@/lib/platform/ids";
import { CircleRows } from "./circle-rows";

export const moreCirclePeople = action({ schema: z.object({ circle_id: idSchema, cursor: idSchema }), reads: true }, async ({ viewer, input }) => {
  const slice = await listCircleMembers(viewer, input.circle_id, { limit: 30, cursor: input.cursor });
  return { nodes: <CircleRows circleId={input.circle_id} people={slice.items} />, next: slice.nextCursor };
});
