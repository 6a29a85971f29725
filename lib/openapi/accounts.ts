import { z } from "zod";
import { forgotSchema } from "@/lib/accounts/schemas";
import { addressSchema, codeSchema, newPasskeySchema, passkeyNameSchema, proofSchema, resetSchema, returnSchema, secondStepSchema, shownPasskeySchema, tokenSchema } from "@/lib/accounts/sign-in-schemas";
import type { AddressView, DeviceView, PasskeyView, TwoFactorSetup, TwoFactorView } from "@/lib/accounts/types";
import type { ExportAddress, ExportView } from "@/lib/exports/types";
import { idParam } from "@/lib/platform/http/params";
import type { Endpoint } from "@/lib/platform/openapi/endpoint";
import { id, sameAs, session } from "./shapes";

const time = z.iso.datetime({ precision: 3 });
const count = z.number().int().min(0);
const address = sameAs<AddressView>()(z.strictObject({ email: z.string(), verified: z.boolean(), pending: z.string().nullable().describe("Takes its place once it is confirmed") }), true);
const device = sameAs<DeviceView>()(z.strictObject({ id, kind: z.enum(["browser", "api"]), device: z.string().describe("Browser and system in words"), created_at: time, last_seen_at: time, is_current: z.boolean() }), true);
const twoFactor = sameAs<TwoFactorView>()(z.strictObject({ enabled: z.boolean(), recovery_codes_left: count }), true);
const setup = sameAs<TwoFactorSetup>()(z.strictObject({ secret: z.string().describe("Base32"), uri: z.string().describe("What the QR code for authenticator apps says") }), true);
const codes = z.strictObject({ recovery_codes: z.array(z.string()).describe("Good once each; shown only now") });
const passkey = sameAs<PasskeyView>()(z.strictObject({ id, name: z.string(), is_backed_up: z.boolean(), created_at: time, last_used_at: time.nullable() }), true);
const options = z.looseObject({ challenge: z.string() }).describe("As WebAuthn's own JSON");

const packedCopy = sameAs<ExportView>()(z.strictObject({
  id, state: z.enum(["waiting", "packing", "ready", "failed"]), progress: z.number().int().describe("0 to 100"), bytes: count.nullable(), problem: z.string().nullable().describe("Why it failed, for people"),
  created_at: time, ready_at: time.nullable(), expires_at: time.nullable(),
}), true);

const packedAddress = sameAs<ExportAddress>()(z.strictObject({ url: z.string(), expires_at: time }), true);

const accounts = { group: "Account" };
const PROOF = "Wants `password` or `code` in the body, else 403 with the code step_up_required unless one was given in the last 15 minutes.";

/** Mail, the second step, passkeys and devices. */
export const accountEndpoints: Endpoint[] = [
  { ...accounts, method: "POST", path: "/api/auth/second-step", summary: "Log in, second step", details: "When logging in answers 401 with the code two_factor_required: its `challenge`, and a code of the authenticator app or of recovery.", auth: "optional", body: secondStepSchema, answers: { 200: session }, errors: [403] },
  { ...accounts, method: "POST", path: "/api/auth/return", summary: "Keep an account that was to be deleted", details: "When logging in answers 403 with the code account_deleted: its `challenge`. The account is back as it was.", auth: "optional", body: returnSchema, answers: { 200: session } },
  { ...accounts, method: "POST", path: "/api/me/deactivate", summary: "Hide one's account until one logs in again", details: `All tokens and sessions end. ${PROOF}`, auth: "required", body: proofSchema, answers: { 204: null } },
  { ...accounts, method: "POST", path: "/api/me/export", summary: "Have all one's data packed", details: `A ZIP of JSON, files and pages to look at. While it is under way, asking again changes nothing; three a day. ${PROOF}`, auth: "required", body: proofSchema, answers: { 202: packedCopy } },
  { ...accounts, method: "GET", path: "/api/me/exports", summary: "One's packed data", details: "Newest first; kept for four days.", auth: "required", answers: { 200: z.strictObject({ exports: z.array(packedCopy) }) } },
  { ...accounts, method: "GET", path: "/api/me/exports/{id}/download", summary: "Where to download one's packed data", details: "An address that is good for five minutes; 403 with the code step_up_required unless a password or code was given in the last 15 minutes. Browsers that ask for a page are sent there.", auth: "required", params: idParam, answers: { 200: packedAddress } },
  { ...accounts, method: "POST", path: "/api/me/exports/{id}/download", summary: "The same, with a proof", details: PROOF, auth: "required", params: idParam, body: proofSchema, answers: { 200: packedAddress } },
  { ...accounts, method: "POST", path: "/api/auth/forgot", summary: "Ask for a link to choose a new password", details: "The same answer whether there is such an account or not.", auth: "optional", body: forgotSchema, answers: { 202: z.strictObject({ message: z.string() }) } },
  { ...accounts, method: "POST", path: "/api/auth/reset", summary: "Choose a new password by a link", details: "The link's token works once. All tokens and sessions end.", auth: "optional", body: resetSchema, answers: { 204: null } },
  { ...accounts, method: "POST", path: "/api/auth/verify", summary: "Confirm one's address by a link", auth: "optional", body: tokenSchema, answers: { 200: z.strictObject({ email: z.string() }) }, errors: [409] },
  { ...accounts, method: "POST", path: "/api/auth/not-me", summary: "Disown a sign-in or change by a link", details: "Ends all tokens and sessions, locks the password and takes back what was changed since; `reset_token` chooses a new password.", auth: "optional", body: tokenSchema, answers: { 200: z.strictObject({ reset_token: z.string() }) }, errors: [409] },
  { ...accounts, method: "POST", path: "/api/auth/passkey/options", summary: "Begin to log in with a passkey", auth: "optional", answers: { 200: options }, errors: [403] },
  { ...accounts, method: "POST", path: "/api/auth/passkey", summary: "Log in with a passkey", auth: "optional", body: shownPasskeySchema, answers: { 200: session }, errors: [403] },
  { ...accounts, method: "GET", path: "/api/me/email", summary: "One's address", auth: "required", answers: { 200: address } },
  { ...accounts, method: "POST", path: "/api/me/email", summary: "Change one's address", details: `It changes once it is confirmed by mail; the old address is told. ${PROOF}`, auth: "required", body: addressSchema, answers: { 202: address }, errors: [409] },
  { ...accounts, method: "POST", path: "/api/me/email/verification", summary: "Send the link that confirms one's address again", auth: "required", answers: { 202: address } },
  { ...accounts, method: "GET", path: "/api/me/two-factor", summary: "Two-step sign-in", auth: "required", answers: { 200: twoFactor } },
  { ...accounts, method: "POST", path: "/api/me/two-factor", summary: "Begin two-step sign-in", details: `In force once a code confirms it. ${PROOF}`, auth: "required", body: proofSchema, answers: { 201: setup }, errors: [409] },
  { ...accounts, method: "POST", path: "/api/me/two-factor/confirm", summary: "Turn two-step sign-in on", auth: "required", body: codeSchema, answers: { 200: codes }, errors: [409] },
  { ...accounts, method: "POST", path: "/api/me/two-factor/recovery-codes", summary: "New recovery codes", details: `The old ones no longer work. ${PROOF}`, auth: "required", body: proofSchema, answers: { 200: codes }, errors: [409] },
  { ...accounts, method: "DELETE", path: "/api/me/two-factor", summary: "Turn two-step sign-in off", details: PROOF, auth: "required", body: proofSchema, answers: { 200: twoFactor } },
  { ...accounts, method: "GET", path: "/api/me/passkeys", summary: "One's passkeys", auth: "required", answers: { 200: z.strictObject({ passkeys: z.array(passkey) }) } },
  { ...accounts, method: "POST", path: "/api/me/passkeys/options", summary: "Begin to add a passkey", details: PROOF, auth: "required", body: proofSchema, answers: { 200: options }, errors: [409] },
  { ...accounts, method: "POST", path: "/api/me/passkeys", summary: "Add a passkey", details: "Without `name` it is called after the device.", auth: "required", body: newPasskeySchema, answers: { 201: passkey }, errors: [409] },
  { ...accounts, method: "PATCH", path: "/api/me/passkeys/{id}", summary: "Rename a passkey", auth: "required", params: idParam, body: passkeyNameSchema, answers: { 200: passkey } },
  { ...accounts, method: "DELETE", path: "/api/me/passkeys/{id}", summary: "Remove a passkey", details: PROOF, auth: "required", params: idParam, body: proofSchema, answers: { 204: null } },
  { ...accounts, method: "GET", path: "/api/me/devices", summary: "Where one is signed in", details: "The latest hundred, this one first.", auth: "required", answers: { 200: z.strictObject({ devices: z.array(device) }) } },
  { ...accounts, method: "DELETE", path: "/api/me/devices", summary: "Sign out everywhere else", auth: "required", answers: { 200: z.strictObject({ ended: count }) } },
  { ...accounts, method: "DELETE", path: "/api/me/devices/{id}", summary: "Sign out somewhere", auth: "required", params: idParam, answers: { 204: null } },
];
