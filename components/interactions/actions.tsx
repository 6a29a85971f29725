"use server";
import { z } from "zod";
import { cursorSchema } from "@/components/feed/cursor";
import { PersonRow } from "@/components/graph/person-row";
import { listLikers, listReactors } from "@/lib/interactions/queries";
import { reactionParam } from "@/lib/interactions/schemas";
import { action } from "@/lib/platform/http/action";
import { idSchema } from "@/lib/platform/ids";
import type { Slice } from "@/lib/platform/pagination/pagination";
import type { UserView } from "@/lib/profiles/types";

const PART = 30;
const listed = z.object({ post_id: idSchema, cursor: cursorSchema.optional() });
const page = (cursor: string | undefined) => ({ limit: PART, cursor: cursor ?? null });
const part = ({ items, nextCursor }: Slice<UserView>) => ({ nodes: items.map((user) => <PersonRow key={user.id} user={user} />), next: nextCursor });

/** Who liked a post, rendered; from the beginning, or from the cursor on. */
export const listLikersPart = action({ schema: listed, auth: "optional", reads: true }, async ({ viewer, input }) => part(await listLikers(viewer, input.post_id, page(input.cursor))));

/** Who reacted with an emoji, the same way. */
export const listReactorsPart = action({ schema: listed.extend({ emoji: reactionParam.shape.emoji }), auth: "optional", reads: true }, async ({ viewer, input }) =>
  part(await listReactors(viewer, input.post_id, input.emoji, page(input.cursor))));
