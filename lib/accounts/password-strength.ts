import "server-only";
import { ZxcvbnFactory } from "@zxcvbn-ts/core";
import { adjacencyGraphs, dictionary } from "@zxcvbn-ts/language-common";
import { invalidField } from "@/lib/platform/errors";

// The estimate's time grows faster than the length; what decides is in the beginning.
const JUDGED = 64;
const WEAK_BELOW = 2;

let estimator: ZxcvbnFactory | undefined;

/**
 * Throws `invalid` at `field` when a password is guessed in under a million tries: one of the thirty thousand commonest,
 * a pattern of the keyboard, or made of the person's own name or address. After zxcvbn (Wheeler, USENIX Security 2016).
 */
export function demandStrength(password: string, field: string, own: { username: string; email: string; fullName: string }): void {
  estimator ??= new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });
  const parts = [own.username, own.email, ...own.email.split(/[@.+_-]/), own.fullName, ...own.fullName.split(/\s+/), "heliograph"];
  const words = [...new Set(parts.map((part) => part.toLowerCase()).filter((part) => part.length >= 3))];
  const { score, sequence } = estimator.check(password.slice(0, JUDGED), words);
  if (score >= WEAK_BELOW) return;
  const isOwn = sequence.some((part) => "dictionaryName" in part && part.dictionaryName === "userInputs");
  throw invalidField(field, isOwn ? "This is too easy to guess from your name. Add a few unrelated words." : "This password is too easy to guess. Add a few unrelated words.");
}
