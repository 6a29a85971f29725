import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from "node:crypto";
import { env } from "./env";

/** Keys for different ends, all from `AUTH_SECRET`: whoever has one of them has none of the others (RFC 5869). */
const keys = new Map<string, Buffer>();

function keyFor(purpose: string): Buffer {
  const name = `${purpose}:${env().AUTH_SECRET}`;
  let key = keys.get(name);
  if (!key) keys.set(name, (key = Buffer.from(hkdfSync("sha256", env().AUTH_SECRET, "heliograph", purpose, 32))));
  return key;
}

/** A keyed hash, base64url: equal texts are recognised, but a stolen table tells nothing and cannot be guessed at. */
export const keyedHash = (purpose: string, text: string): string => createHmac("sha256", keyFor(purpose)).update(text).digest("base64url");

/** What is kept of a long random token. */
export const tokenHash = (token: string): string => createHash("sha256").update(token).digest("base64url");

/** A token of 256 random bits that can stand in an address. */
export const newToken = (): string => randomBytes(32).toString("base64url");

/** Encrypts a short text (AES-256-GCM). `bound` is what it belongs to: under another name it cannot be opened. */
export function seal(purpose: string, bound: string, text: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", keyFor(purpose), nonce).setAAD(Buffer.from(bound));
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString("base64url");
}

/** Opens what `seal` made; null when it was tampered with, belongs elsewhere, or the server's secret is another now. */
export function unseal(purpose: string, bound: string, sealed: string): string | null {
  try {
    const bytes = Buffer.from(sealed, "base64url");
    const cipher = createDecipheriv("aes-256-gcm", keyFor(purpose), bytes.subarray(0, 12)).setAAD(Buffer.from(bound)).setAuthTag(bytes.subarray(12, 28));
    return cipher.update(bytes.subarray(28), undefined, "utf8") + cipher.final("utf8");
  } catch {
    return null;
  }
}
