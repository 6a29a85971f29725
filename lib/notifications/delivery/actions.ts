"use server";
import { refresh } from "next/cache";
import { formAction } from "@/lib/platform/http/action";
import { setDigest } from "./digest-settings";
import { digestFormSchema, unsubscribeSchema } from "./schemas";
import { stopDigest } from "./unsubscribe";

export const saveDigest = formAction({ schema: digestFormSchema }, async ({ viewer, input }) => {
  await setDigest(viewer, input);
  refresh();
  return { message: "Saved." };
});

export const endDigest = formAction({ schema: unsubscribeSchema, auth: "optional" }, async ({ input }) => {
  await stopDigest(input.token);
  return { message: "You get no more of these mails." };
});
