"use server";
import { z } from "zod";
import { PersonLine } from "@/components/graph/person-line";
import { GRID_PART } from "@/components/posts/grid-posts";
import { listOwnPeopleAs } from "@/lib/graph/queries";
import { action } from "@/lib/platform/http/action";
import { idSchema } from "@/lib/platform/ids";
import { findOnlooker } from "@/lib/profiles/view-as";
import { ShownPosts } from "./shown-posts";
import { LISTS_AS } from "./view-as-lists";

const part = z.object({ as: z.string().max(31), cursor: idSchema });

export const moreAs = action({ schema: part.extend({ tab: z.enum(["posts", "reposts", "tagged"]) }), reads: true }, async ({ viewer, input }) => {
  const { as } = await findOnlooker(viewer, input.as);
  const { items, nextCursor } = await LISTS_AS[input.tab](viewer, as, { limit: GRID_PART, cursor: input.cursor });
  return { nodes: <ShownPosts posts={items} />, next: nextCursor };
});

export const morePeopleAs = action({ schema: part.extend({ side: z.enum(["followers", "following"]) }), reads: true }, async ({ viewer, input }) => {
  const { as } = await findOnlooker(viewer, input.as);
  const { items, nextCursor } = await listOwnPeopleAs(viewer, as, input.side, { limit: 30, cursor: input.cursor });
  return { nodes: items.map((user) => <PersonLine key={user.id} user={user} note={user.full_name} />), next: nextCursor };
});
