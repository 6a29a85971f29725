import { createHmac, timingSafeEqual } from "node:crypto";

/** What a signed address of the disk store permits. Every field is under the signature. */
export type Grant =
  | { op: "put"; key: string; expires: number; contentType: string; size: number }
  /** `md5` is empty when the bytes of the part are not bound. */
  | { op: "part"; key: string; expires: number; uploadId: string; number: number; size: number; md5: string }
  | { op: "get"; key: string; expires: number; fileName: string };

function digest(secret: string, grant: Grant): string {
  // JSON of an array: no two grants share a text, whatever their fields hold.
  const text = JSON.stringify(["storage-v1", grant.op, grant.key, grant.expires, ...termsOf(grant)]);
  return createHmac("sha256", secret).update(text).digest("base64url");
}

function termsOf(grant: Grant): (string | number)[] {
  if (grant.op === "put") return [grant.contentType, grant.size];
  return grant.op === "part" ? [grant.uploadId, grant.number, grant.size, grant.md5] : [grant.fileName];
}

/** Path and query under which the disk store honours `grant`. */
export function signedPath(secret: string, grant: Grant): string {
  const query = new URLSearchParams({ expires: String(grant.expires) });
  if (grant.op === "put") {
    query.set("type", grant.contentType);
    query.set("size", String(grant.size));
  } else if (grant.op === "part") {
    query.set("upload", grant.uploadId);
    query.set("part", String(grant.number));
    query.set("size", String(grant.size));
    if (grant.md5) query.set("md5", grant.md5);
  } else if (grant.fileName) {
    query.set("name", grant.fileName);
  }
  query.set("signature", digest(secret, grant));
  return `/storage/${grant.key}?${query}`;
}

/** The grant that an address carries, or `null` when it is tampered with, expired or not one of ours. `now` in ms. */
export function readGrant<Op extends Grant["op"]>(secret: string, op: Op, url: URL, now = Date.now()): Extract<Grant, { op: Op }> | null {
  const grant = claimed(op, url);
  const given = Buffer.from(url.searchParams.get("signature") ?? "");
  const wanted = Buffer.from(digest(secret, grant));
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return null;
  return grant.expires * 1000 > now ? (grant as Extract<Grant, { op: Op }>) : null;
}

function claimed(op: Grant["op"], url: URL): Grant {
  const text = (name: string) => url.searchParams.get(name) ?? "";
  const number = (name: string) => Number(url.searchParams.get(name));
  const [key, expires] = [url.pathname.slice("/storage/".length), number("expires")];
  if (op === "put") return { op, key, expires, contentType: text("type"), size: number("size") };
  if (op === "part") return { op, key, expires, uploadId: text("upload"), number: number("part"), size: number("size"), md5: text("md5") };
  return { op, key, expires, fileName: text("name") };
}
