"use server";
import { z } from "zod";
import { action } from "@/lib/platform/http/action";
import { idSchema } from "@/lib/platform/ids";
import { cursorSchema } from "./cursor";
import { favouritesPart, followingPart, forYouPart } from "./parts";

/** Posts of the home feed from the second part on. */
const PART = 10;

export const moreFollowing = action({ schema: z.object({ cursor: cursorSchema, line: idSchema.nullable() }), reads: true }, ({ viewer, input }) =>
  followingPart(viewer, input.line, input.cursor, PART));

export const moreForYou = action({ schema: z.object({ cursor: cursorSchema }), reads: true }, async ({ viewer, input }) => {
  const { nodes, next } = await forYouPart(viewer, input.cursor, PART);
  return { nodes, next };
});

export const moreFavourites = action({ schema: z.object({ cursor: cursorSchema }), reads: true }, async ({ viewer, input }) => {
  const { nodes, next } = await favouritesPart(viewer, input.cursor, PART);
  return { nodes, next };
});
