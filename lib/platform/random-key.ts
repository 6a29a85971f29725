/**
 * A random key of 128 bits, for idempotency keys and drafts. Not `crypto.randomUUID`: browsers offer that on https only,
 * and a server at home is often reached by plain http.
 */
export function randomKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
