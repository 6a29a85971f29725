const SEGMENT = /^[A-Za-z0-9_-][A-Za-z0-9._-]*$/;

/**
 * Throws unless `key` is safe in every store: no empty segment, none that begins with a dot, nothing a file system or a
 * URL would read as something else. Keys are made by the server; a bad one is a bug or an attack.
 */
export function assertKey(key: string): void {
  if (key.length === 0 || key.length > 512 || !key.split("/").every((part) => SEGMENT.test(part))) {
    throw new TypeError("not a storage key");
  }
}

export function isKey(key: string): boolean {
  try {
    assertKey(key);
    return true;
  } catch {
    return false;
  }
}

/** A prefix is the beginning of a key, cut anywhere; empty means everything. */
export function assertPrefix(prefix: string): void {
  if (prefix !== "" && (!/^[A-Za-z0-9_-][A-Za-z0-9._/-]*$/.test(prefix) || /\/[./]/.test(prefix))) {
    throw new TypeError("not a storage prefix");
  }
}
