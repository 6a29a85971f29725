import { z } from "zod";

const MAX_ID = 2n ** 63n - 1n;
const EPOCH_MS = 1_735_689_600_000n;

/** Whether a text is a decimal 64-bit id, in the one way to write it: two names of one thing would pass for two things. */
export function isId(text: string): boolean {
  return /^(0|[1-9]\d{0,18})$/.test(text) && BigInt(text) <= MAX_ID;
}

/** A decimal id in input. */
export const idSchema = z.string().refine(isId, "is not an id");

/** Base64url of the id's bytes without leading zeros: the address of a post. */
export function toShortcode(id: string): string {
  const hex = BigInt(id).toString(16).padStart(16, "0");
  return Buffer.from(hex, "hex").toString("base64url").replace(/^A+(?=.)/, "");
}

/** The id of a shortcode, or null when it is none. */
export function fromShortcode(shortcode: string): string | null {
  if (!/^[A-Za-z0-9_-]{1,11}$/.test(shortcode)) return null;
  const id = BigInt(`0x${Buffer.from(shortcode.padStart(11, "A"), "base64url").toString("hex")}`);
  return id <= MAX_ID && toShortcode(String(id)) === shortcode ? String(id) : null;
}

/** `:id` of a post in addresses: numeric id or shortcode; null when neither. Digits alone are an id, unless they begin with 0. */
export function postIdFrom(text: string): string | null {
  return isId(text) ? text : fromShortcode(text);
}

/** When an id was made. */
export function idTime(id: string): Date {
  return new Date(Number((BigInt(id) >> 23n) + EPOCH_MS));
}

/** The smallest id of a moment; bounds for ranges of ids. */
export function idAt(at: Date): string {
  return String((BigInt(at.getTime()) - EPOCH_MS) << 23n);
}
