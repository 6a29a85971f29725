import { createHmac, timingSafeEqual } from "node:crypto";

/** What a signed address of the disk store permits. Every field is under the signature. */
export type Grant =
  | { op: "put"; key: string; expires: number; contentType: string; size: number }
  | { op: "get"; key: string; expires: number; fileName: string };

function digest(secret: string, grant: Grant): string {
  // JSON of an array: no two grants share a text, whatever their fields hold.
  const rest = grant.op === "put" ? [grant.contentType, grant.size] : [grant.fileName];
  const text = JSON.stringify(["storage-v1", grant.op, grant.key, grant.expires, ...rest]);
  return createHmac("sha256", secret).update(text).digest("base64url");
}

/** Path and query under which the disk store honours `grant`. */
export function signedPath(secret: string, grant: Grant): string {
  const query = new URLSearchParams({ expires: String(grant.expires) });
  if (grant.op === "put") {
    query.set("type", grant.contentType);
    query.set("size", String(grant.size));
  } else if (grant.fileName) {
    query.set("name", grant.fileName);
  }
  query.set("signature", digest(secret, grant));
  return `/storage/${grant.key}?${query}`;
}

/** The grant that an address carries, or `null` when it is tampered with, expired or not one of ours. `now` in ms. */
export function readGrant(secret: string, op: Grant["op"], url: URL, now = Date.now()): Grant | null {
  const key = url.pathname.slice("/storage/".length);
  const expires = Number(url.searchParams.get("expires"));
  const grant: Grant =
    op === "put"
      ? { op, key, expires, contentType: url.searchParams.get("type") ?? "", size: Number(url.searchParams.get("size")) }
      : { op, key, expires, fileName: url.searchParams.get("name") ?? "" };
  const given = Buffer.from(url.searchParams.get("signature") ?? "");
  const wanted = Buffer.from(digest(secret, grant));
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return null;
  return expires * 1000 > now ? grant : null;
}
