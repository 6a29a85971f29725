"use server";
import { refresh } from "next/cache";
import { formAction } from "@/lib/platform/http/action";
import { privacyFormSchema, profileFormSchema } from "./schemas";
import { updateProfile } from "./service";

export const saveProfile = formAction({ schema: profileFormSchema }, async ({ viewer, input }) => {
  await updateProfile(viewer, input);
  refresh();
  return { message: "Profile saved." };
});

export const savePrivacy = formAction({ schema: privacyFormSchema }, async ({ viewer, input }) => {
  await updateProfile(viewer, input);
  refresh();
  return { message: input.is_private ? "Your account is private now." : "Your account is public now." };
});
