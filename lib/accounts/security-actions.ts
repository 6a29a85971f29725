"use server";
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from "@simplewebauthn/server";
import { refresh } from "next/cache";
import { headers } from "next/headers";
import { z } from "zod";
import { idSchema } from "@/lib/platform/ids";
import { action, formAction } from "@/lib/platform/http/action";
import { putReminderAway } from "./browser-cookies";
import { describeDevice } from "./device";
import { changeAddress, sendVerification } from "./email";
import { partyOf } from "./passkey-ceremony";
import { addPasskey, removePasskey, renamePasskey, startPasskey } from "./passkeys";
import { proveWithPasskey, startPasskeyProof } from "./passkey-sign-in";
import { requireRecentProof } from "./proof";
import { givenPassword } from "./schemas";
import { addressSchema, codeSchema, newPasskeySchema, passkeyNameSchema, shownPasskeySchema } from "./sign-in-schemas";
import { confirmTwoFactor, disableTwoFactor, renewRecoveryCodes, startTwoFactor } from "./two-factor";

const nothing = z.object({});

export const resendVerification = formAction({ schema: nothing }, async ({ viewer }) => {
  await sendVerification(viewer);
  return { message: "Sent. Look into your mail." };
});

export const remindLater = formAction({ schema: nothing }, async () => {
  await putReminderAway();
  refresh();
});

export const setAddress = formAction({ schema: addressSchema.extend({ password: givenPassword }) }, async ({ viewer, input }) => {
  await changeAddress(viewer, input);
  refresh();
  return { message: `Look into the mail of ${input.email}: once you confirm it there, it is your address.` };
});

export const proveByPassword = formAction({ schema: z.object({ password: givenPassword }) }, async ({ viewer, input }) => {
  await requireRecentProof(viewer, input);
  refresh();
});

export const proveByCode = formAction({ schema: codeSchema }, async ({ viewer, input }) => {
  await requireRecentProof(viewer, input);
  refresh();
});

export const passkeyProofOptions = action({ schema: nothing }, async ({ viewer }) => startPasskeyProof(viewer, partyOf(await headers())));

export const proveByPasskey = action({ schema: shownPasskeySchema }, async ({ viewer, input }) => {
  await proveWithPasskey(viewer, partyOf(await headers()), input.response as AuthenticationResponseJSON);
  refresh();
});

export const beginTwoFactor = formAction({ schema: nothing }, async ({ viewer }) => {
  await startTwoFactor(viewer);
  refresh();
});

/** The codes come back once, in the form's state: nobody can read them again. */
export const finishTwoFactor = formAction({ schema: codeSchema }, async ({ viewer, input }) => {
  const codes = await confirmTwoFactor(viewer, input.code);
  refresh();
  return { message: "Two-step sign-in is on.", values: { codes: codes.join(" ") } };
});

export const renewCodes = formAction({ schema: nothing }, async ({ viewer }) => {
  const codes = await renewRecoveryCodes(viewer);
  refresh();
  return { message: "These are your new recovery codes. The old ones no longer work.", values: { codes: codes.join(" ") } };
});

export const endTwoFactor = formAction({ schema: nothing }, async ({ viewer }) => {
  await disableTwoFactor(viewer);
  refresh();
  return { message: "Two-step sign-in is off." };
});

export const newPasskeyOptions = action({ schema: nothing }, async ({ viewer }) => startPasskey(viewer, partyOf(await headers())));

export const keepPasskey = action({ schema: newPasskeySchema }, async ({ viewer, input }) => {
  const asked = await headers();
  const made = await addPasskey(viewer, partyOf(asked), { response: input.response as RegistrationResponseJSON, name: input.name ?? describeDevice(asked.get("user-agent")) });
  refresh();
  return made;
});

export const nameKey = formAction({ schema: passkeyNameSchema.extend({ passkey_id: idSchema }) }, async ({ viewer, input }) => {
  await renamePasskey(viewer, input.passkey_id, input.name);
  refresh();
  return { message: "Renamed." };
});

export const removeKey = formAction({ schema: z.object({ passkey_id: idSchema }) }, async ({ viewer, input }) => {
  await removePasskey(viewer, input.passkey_id);
  refresh();
  return { message: "Removed. Delete it in your password manager, too." };
});
