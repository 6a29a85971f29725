"use server";
import type { AuthenticationResponseJSON } from "@simplewebauthn/server";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { z } from "zod";
import { action, formAction } from "@/lib/platform/http/action";
import { browserOrigin, dropChallenge, readChallenge } from "./browser-cookies";
import { disown } from "./disown";
import { enter } from "./enter";
import { partyOf } from "./passkey-ceremony";
import { signInWithPasskey } from "./passkey-sign-in";
import { requestReset, resetPassword } from "./reset";
import { forgotSchema } from "./schemas";
import { returnToAccount } from "./return";
import { admit } from "./service";
import { passSecondStep } from "./second-step";
import { codeSchema, resetSchema, shownPasskeySchema, tokenSchema } from "./sign-in-schemas";
import { verifyAddress } from "./email";

const next = { next: z.string().max(2000).optional() };

export const secondStep = formAction({ schema: codeSchema.extend(next), auth: "optional" }, async ({ input, address }) => {
  await enter(async () => {
    const session = await passSecondStep({ challenge: (await readChallenge()) ?? "", code: input.code }, await browserOrigin(address));
    await dropChallenge();
    return session;
  }, input.next);
});

/** Keeps an account that was to be deleted. */
export const keepAccount = formAction({ schema: z.object(next), auth: "optional" }, async ({ input, address }) => {
  await enter(async () => {
    const session = await returnToAccount((await readChallenge()) ?? "", await browserOrigin(address));
    await dropChallenge();
    return session;
  }, input.next);
});

/** Leaves it at that: the account goes on its day. */
export async function leaveItDeleted(): Promise<void> {
  await dropChallenge();
  redirect("/");
}

export const passkeySignIn = action({ schema: shownPasskeySchema.extend(next), auth: "optional" }, async ({ input, address }) => {
  const party = partyOf(await headers());
  await enter(async () => signInWithPasskey(party, input.response as AuthenticationResponseJSON, await browserOrigin(address)), input.next);
});

export const askForReset = formAction({ schema: forgotSchema, auth: "optional" }, async ({ input, address }) => {
  await requestReset(input.login, address);
  return { message: "If there is such an account, a mail is on its way to its address. The link in it works for an hour." };
});

export const chooseNewPassword = formAction({ schema: resetSchema, auth: "optional" }, async ({ input, address }) => {
  const person = await resetPassword(input);
  await enter(async () => admit(person, await browserOrigin(address)), "/");
});

export const confirmAddress = formAction({ schema: tokenSchema, auth: "optional" }, async ({ input }) => {
  const { email } = await verifyAddress(input.token);
  return { message: `${email} is confirmed.` };
});

export const wasNotMe = formAction({ schema: tokenSchema, auth: "optional" }, async ({ input }) => {
  const { resetToken } = await disown(input.token);
  redirect(`/reset?token=${resetToken}`);
});
