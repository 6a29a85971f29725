"use server";
import { refresh } from "next/cache";
import { formAction } from "@/lib/platform/http/action";
import { choicesFormSchema, quietFormSchema } from "./schemas";
import { setChoices } from "./settings";

export const saveChoices = formAction({ schema: choicesFormSchema }, async ({ viewer, input }) => {
  await setChoices(viewer, input);
  refresh();
  return { message: "Saved." };
});

export const saveQuietHours = formAction({ schema: quietFormSchema }, async ({ viewer, input }) => {
  await setChoices(viewer, { quiet_hours: input });
  refresh();
  return { message: "Saved." };
});
