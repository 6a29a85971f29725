import "server-only";
import { randomUUID } from "node:crypto";
import type { Executor } from "@/db/client";
import { announce } from "@/lib/platform/jobs/queue";
import type { Letter } from "@/lib/platform/mail/letter";
import { postMail } from "@/lib/platform/mail/outbox";
import { issueMailToken } from "./mail-tokens";

/** Whom a letter is written to. */
export type Addressee = { id: string; username: string; email: string };

const address = (page: string, token: string) => `/${page}?token=${token}`;

/** Asks whoever registered to show that the address is theirs. */
export async function writeVerification(tx: Executor, { id, username, email }: Addressee): Promise<void> {
  const token = await issueMailToken(tx, id, "verify", email);
  await postMail(tx, { userId: id, kind: "verify", recipient: email }, {
    subject: "Confirm your address",
    lines: [`Hello @${username},`, "confirm that this address is yours, so that you can get back in if you ever forget your password."],
    link: { text: "Confirm my address", path: address("verify", token) },
    after: ["The link works once, for 24 hours. If you have no account here, somebody mistyped their address: do nothing, and it stays unconfirmed."],
  });
}

export async function writeReset(tx: Executor, { id, username, email }: Addressee): Promise<void> {
  const token = await issueMailToken(tx, id, "reset", email);
  await postMail(tx, { userId: id, kind: "reset", recipient: email }, {
    subject: "Choose a new password",
    lines: [`Hello @${username},`, "somebody, probably you, has forgotten the password of your account. With this link you choose a new one."],
    link: { text: "Choose a new password", path: address("reset", token) },
    after: ["The link works once, for an hour. If it was not you, do nothing: your password stays as it is."],
  });
}

/** Asks at the new address, and tells the old one, whose owner can still stop it. */
export async function writeAddressChange(tx: Executor, person: Addressee, newEmail: string): Promise<void> {
  const token = await issueMailToken(tx, person.id, "change_email", newEmail);
  await postMail(tx, { userId: person.id, kind: "change_email", recipient: newEmail }, {
    subject: "Confirm your new address",
    lines: [`Hello @${person.username},`, "confirm that this is your new address. Until then your old one stays."],
    link: { text: "Confirm my new address", path: address("verify", token) },
    after: ["The link works once, for 24 hours. If you have no account here, somebody mistyped their address: do nothing."],
  });
  await warn(tx, person, { what: "email_changing", device: null }, "Your address is being changed", `It becomes ${newEmail} as soon as that is confirmed there.`);
}

/** Says until when the account can be had back. `day` in words. */
export const writeFarewell = (tx: Executor, { id, username, email }: Addressee, day: string) =>
  postMail(tx, { userId: id, kind: "farewell", recipient: email }, {
    subject: "Your account will be deleted",
    lines: [`Hello @${username},`, `your account is hidden from now on, and on ${day} it goes for good, with everything you posted. Until then you can have it back as it was: log in and press “Keep my account”.`],
    link: { text: "Log in", path: "/login" },
    after: ["If it was not you who deleted it, log in, keep it and change your password. If you cannot log in, ask there for a new password."],
  });

/** A browser or program that was never signed in before. */
export const warnOfDevice = (tx: Executor, person: Addressee, device: string) =>
  warn(tx, person, { what: "signed_in", device }, "New sign-in", `Somebody has just signed in to your account with ${device}, where you were never signed in before. If it was you, there is nothing to do.`);

/** What an owner is warned of. */
export type SecurityChange = keyof typeof CHANGES | "signed_in" | "email_changing";

const CHANGES = {
  password: ["Your password was changed", "All other devices were signed out."],
  two_factor_on: ["Two-step sign-in is on", "From now on signing in also asks for a code of your authenticator app."],
  two_factor_off: ["Two-step sign-in is off", "From now on the password alone is enough to sign in."],
  recovery_codes: ["New recovery codes", "The old ones no longer work."],
  recovery_code_used: ["A recovery code was used", "It was used to prove that it is you, in place of your authenticator app. Each code works once."],
  passkey_added: ["A passkey was added", "It opens your account without the password."],
} as const;

/** Tells the owner of a change to how one gets into the account, and how to undo it if it was not theirs. */
export const warnOfChange = (tx: Executor, person: Addressee, change: keyof typeof CHANGES) => warn(tx, person, { what: change, device: null }, CHANGES[change][0], CHANGES[change][1]);

type Alarm = { what: SecurityChange; device: string | null };

async function warn(tx: Executor, { id, username, email }: Addressee, alarm: Alarm, subject: string, said: string): Promise<void> {
  const token = await issueMailToken(tx, id, "not_me", email);
  const letter: Letter = {
    subject,
    lines: [`Hello @${username},`, said],
    link: { text: "This wasn't me", path: address("not-me", token) },
    after: ["The link signs everybody out, takes back what was changed since, and lets you choose a new password. It works once, for 7 days."],
  };
  await postMail(tx, { userId: id, kind: "not_me", recipient: email }, letter);
  await announce(tx, "user.warned", { userId: id, eventId: randomUUID(), ...alarm });
}
