import { z } from "zod";
import { emailSchema, givenPassword, newPasswordSchema } from "./schemas";
import { lineSchema } from "./text";

export const PASSKEY_NAME_MAX = 60;

const token = z.string("The link is not complete.").min(1, "The link is not complete.").max(200, "The link is not complete.");
const code = z.string("Enter the code.").trim().min(1, "Enter the code.").max(30, "This is not a code.");

/** What a dangerous action may bring along to prove who asks. */
const proof = { password: givenPassword.optional(), code: code.optional() };
export const proofSchema = z.object(proof);
/** Leaving wants the password, however lately one proved who one is; `code` when two-step sign-in is on. */
export const deleteAccountSchema = z.object({ ...proof, password: givenPassword });

export const tokenSchema = z.object({ token });
export const resetSchema = z.object({ token, new_password: newPasswordSchema });
export const addressSchema = z.object({ email: emailSchema, ...proof });

/** Goes on from an answer account_deleted. */
export const returnSchema = z.object({ challenge: z.string("Log in first.").min(1, "Log in first.").max(200, "Log in first.") });

export const codeSchema = z.object({ code });
export const secondStepSchema = z.object({ challenge: z.string("Log in first.").min(1, "Log in first.").max(200, "Log in first."), code });

// As WebAuthn's own JSON has them; what is inside is judged by the ceremony.
const bytes = z.string().max(20_000);
const credential = { id: z.string().min(1).max(1_400), rawId: z.string().min(1).max(1_400), type: z.literal("public-key"), clientExtensionResults: z.record(z.string(), z.unknown()).default({}), authenticatorAttachment: z.enum(["platform", "cross-platform"]).optional().catch(undefined) };
const attestation = z.object({ ...credential, response: z.object({ clientDataJSON: bytes, attestationObject: bytes, transports: z.array(z.string().max(30)).max(10).optional() }) });
const assertion = z.object({ ...credential, response: z.object({ clientDataJSON: bytes, authenticatorData: bytes, signature: bytes, userHandle: bytes.optional() }) });

const passkeyName = lineSchema(PASSKEY_NAME_MAX).refine((name) => name !== "", "Give it a name.");
export const newPasskeySchema = z.object({ response: attestation, name: passkeyName.optional() });
export const passkeyNameSchema = z.object({ name: passkeyName });
export const shownPasskeySchema = z.object({ response: assertion });
