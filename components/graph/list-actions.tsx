"use server";
import { z } from "zod";
import { action } from "@/lib/platform/http/action";
import { idSchema } from "@/lib/platform/ids";
import { listFollowers, listFollowing, listFollowRequests } from "@/lib/graph/queries";
import { PersonRow } from "./person-row";
import { RequestRow } from "./request-row";

/** People of a list from the second part on. */
const PART = 30;
const cursor = z.string().min(1).max(100);

const listed = z.object({ user_id: idSchema, side: z.enum(["followers", "following"]), q: z.string().max(100), cursor });

export const morePeople = action({ schema: listed, auth: "optional", reads: true }, async ({ viewer, input }) => {
  const list = input.side === "followers" ? listFollowers : listFollowing;
  const slice = await list(viewer, input.user_id, { limit: PART, cursor: input.cursor }, input.q);
  return { nodes: slice.items.map((user) => <PersonRow key={user.id} user={user} />), next: slice.nextCursor };
});

export const moreRequests = action({ schema: z.object({ cursor: cursor.regex(/^\d{1,19}$/) }), reads: true }, async ({ viewer, input }) => {
  const slice = await listFollowRequests(viewer, { limit: PART, cursor: input.cursor });
  return { nodes: slice.items.map((user) => <RequestRow key={user.id} user={user} />), next: slice.nextCursor };
});
