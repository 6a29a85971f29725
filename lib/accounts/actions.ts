"use server";
import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import { z } from "zod";
import { idSchema } from "@/lib/platform/ids";
import { action, formAction } from "@/lib/platform/http/action";
import { db } from "@/db/client";
import { forgetInBrowser, keepInBrowser } from "./auth";
import { browserOrigin } from "./browser-cookies";
import { enter } from "./enter";
import { localPath } from "./local-path";
import { changePasswordSchema, loginSchema, registerSchema } from "./schemas";
import { deactivateAccount, deleteAccount as erase } from "./leave";
import { authenticate, changePassword as change, register } from "./service";
import { endSession, endSessions } from "./sessions";
import { deleteAccountSchema } from "./sign-in-schemas";

const next = z.object({ next: z.string().max(2000).optional() });

export const logIn = formAction({ schema: z.intersection(loginSchema, next), auth: "optional" }, async ({ input, address }) => {
  await enter(async () => authenticate(input, await browserOrigin(address)), input.next);
});

export const signUp = formAction({ schema: registerSchema.extend(next.shape), auth: "optional" }, async ({ input, address }) => {
  await keepInBrowser(await register(input, await browserOrigin(address)));
  redirect(localPath(input.next));
});

const leave = action({ schema: z.object({}), auth: "optional" }, async ({ viewer }) => {
  if (viewer) await endSession(viewer.id, viewer.sessionId);
  await forgetInBrowser();
});

/** For `<form action={logOut}>` and for menus. */
export async function logOut(): Promise<void> {
  await leave({});
  redirect("/");
}

export const changePassword = formAction({ schema: changePasswordSchema }, async ({ viewer, input }) => {
  await keepInBrowser(await change(viewer, input));
  refresh();
  return { message: "Password changed. You are signed out everywhere else." };
});

export const endDevice = formAction({ schema: z.object({ session_id: idSchema }) }, async ({ viewer, input }) => {
  await endSession(viewer.id, input.session_id);
  refresh();
  return { message: "Signed out there." };
});

export const endOtherDevices = formAction({ schema: z.object({}) }, async ({ viewer }) => {
  const ended = await endSessions(db(), viewer.id, viewer.sessionId);
  refresh();
  return { message: ended === 1 ? "Signed out of one other device." : `Signed out of ${ended} other devices.` };
});

export const deleteAccount = formAction({ schema: deleteAccountSchema }, async ({ viewer, input }) => {
  await erase(viewer, input.password, input.code);
  await forgetInBrowser();
  redirect("/");
});

export const takeBreak = formAction({ schema: deleteAccountSchema }, async ({ viewer, input }) => {
  await deactivateAccount(viewer, input);
  await forgetInBrowser();
  redirect("/");
});
