"use server";
import { refresh } from "next/cache";
import { formAction } from "@/lib/platform/http/action";
import { hiddenWordFormSchema, messagesFormSchema, presenceFormSchema, shownFormSchema, whoMayFormSchema } from "./schemas";
import { hideWord, setPrivacy } from "./service";
import type { WordScope } from "./types";

export const saveWhoMay = formAction({ schema: whoMayFormSchema }, async ({ viewer, input }) => {
  await setPrivacy(viewer, input);
  refresh();
  return { message: "Saved." };
});

export const saveMessages = formAction({ schema: messagesFormSchema }, async ({ viewer, input }) => {
  await setPrivacy(viewer, input);
  refresh();
  return { message: "Saved." };
});

export const saveShown = formAction({ schema: shownFormSchema }, async ({ viewer, input }) => {
  await setPrivacy(viewer, input);
  refresh();
  return { message: "Saved." };
});

export const savePresence = formAction({ schema: presenceFormSchema }, async ({ viewer, input }) => {
  await setPrivacy(viewer, input);
  refresh();
  return { message: "Saved." };
});

export const addHiddenWord = formAction({ schema: hiddenWordFormSchema }, async ({ viewer, input }) => {
  const chosen: [WordScope, boolean][] = [["comments", input.in_comments], ["messages", input.in_messages], ["posts", input.in_posts]];
  const word = await hideWord(viewer, { phrase: input.phrase, lasts: input.lasts, scopes: chosen.flatMap(([scope, on]) => (on ? [scope] : [])) });
  refresh();
  return { message: `“${word.phrase}” is hidden from now on.` };
});
