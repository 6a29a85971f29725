"use server";
import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import { formAction } from "@/lib/platform/http/action";
import { idSchema } from "@/lib/platform/ids";
import { createCircle, renameCircle } from "./circles";
import { circleSchema } from "./schemas";

export const makeCircle = formAction({ schema: circleSchema }, async ({ viewer, input }) => {
  const { id } = await createCircle(viewer, input, null);
  redirect(`/settings/circles/${id}`);
});

export const nameCircle = formAction({ schema: circleSchema.extend({ circle_id: idSchema }) }, async ({ viewer, input }) => {
  await renameCircle(viewer, input.circle_id, input);
  refresh();
  return { message: "Renamed. Nobody but you sees the name." };
});
