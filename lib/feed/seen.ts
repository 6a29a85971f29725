import "server-only";
import { createHmac } from "node:crypto";
import { sql } from "drizzle-orm";
import { prepared } from "@/db/prepared";
import { env } from "@/lib/platform/env";
import { clientAddress } from "@/lib/platform/http/address";
import { fromShortcode } from "@/lib/platform/ids";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { postVisible } from "@/lib/platform/visibility/visibility";
import { postsListed } from "@/lib/posts/listed-sql";
import { countViews, countVisitor } from "@/lib/posts/view-counts";

// Of months that are dropped (ensure_seen_partitions) nothing can be kept. In the order of the key, so that two devices do not wait for each other in a ring.
const remember = prepared<{ post_id: string; is_own: boolean }, "viewer" | "ids">("posts seen", (arg) => sql`
  with shown as (
    select p.id, p.author_id from (select distinct unnest(${arg("ids")}::text::bigint[]) as id) w join posts p on p.id = w.id join users u on u.id = p.author_id
    where p.status = 'published' and p.id >= id_at(date_trunc('month', now(), 'UTC') - interval '3 months') and ${postVisible(arg("viewer"))} order by p.id),
  came as (insert into post_seen (user_id, post_id) select ${arg("viewer")}::bigint, id from shown on conflict do nothing returning post_id)
  select c.post_id, s.author_id = ${arg("viewer")}::bigint as is_own from came c join shown s on s.id = c.post_id`);

type Reader = Pick<Viewer, "id">;

/**
 * Notes that the viewer has had these posts before their eyes, on whatever device; what they may not see, and what is too old to be kept, is
 * passed over, and again changes nothing. Another person's first look is a view. Returns the ids of those by others that were new.
 */
export async function recordSeen(viewer: Reader, postIds: readonly string[]): Promise<string[]> {
  if (postIds.length === 0) return [];
  const rows = await remember({ viewer: viewer.id, ids: `{${postIds.join(",")}}` });
  const seen = rows.filter((row) => !row.is_own).map((row) => row.post_id);
  countViews(seen);
  return seen;
}

/** Programs that look at pages for others; what else calls itself a robot. */
const ROBOT = /bot\b|bot[/_-]|crawl|spider|slurp|preview|facebookexternalhit|embedly|whatsapp|headless|lighthouse|monitor|curl|wget|python|java\/|go-http|axios|node/i;

/** Whether a page is asked for by a person who will look at it now, and not ahead of time or by a program. */
export function isVisit(headers: Headers): boolean {
  const ahead = `${headers.get("sec-purpose") ?? ""} ${headers.get("purpose") ?? ""} ${headers.get("x-moz") ?? ""}`.includes("prefetch");
  const agent = headers.get("user-agent") ?? "";
  return !ahead && headers.get("next-router-prefetch") === null && agent !== "" && !ROBOT.test(agent);
}

/** Notes a visit of a public post's page by somebody signed out. Of the address only a hash that changes every day is ever looked at, and nothing of it is kept. */
export function recordVisitor(postId: string, address: string): void {
  const day = new Date().toISOString().slice(0, 10);
  countVisitor(postId, createHmac("sha256", env().AUTH_SECRET).update(`visitor ${day} ${networkOf(address)}`).digest("base64url").slice(0, 16));
}

/** An IPv6 network of 64 bits is one household. */
const networkOf = (address: string) => (address.includes(":") ? address.split(":").slice(0, 4).join(":") : address);

/** The same for a page that was shown to a visitor without being rendered for them. */
export function recordPageShown(path: string, headers: Headers): void {
  const id = fromShortcode(/^\/p\/([^/]+)$/.exec(path)?.[1] ?? "");
  if (id !== null && isVisit(headers)) recordVisitor(id, clientAddress(headers));
}

const readSeen = prepared<{ id: string; seen: boolean }, "viewer" | "ids">("seen among posts", (arg) => sql`
  select p.id::text, exists (select 1 from post_seen s where s.user_id = ${arg("viewer")}::bigint and s.post_id = p.id) as seen
  from ${postsListed(arg("ids"))} where p.author_id <> ${arg("viewer")}::bigint`);

/** Of these posts, those by others: whether the viewer has seen them. */
export async function listSeen(viewer: Reader, postIds: readonly string[]): Promise<Map<string, boolean>> {
  const rows = await readSeen({ viewer: viewer.id, ids: `{${postIds.join(",")}}` });
  return new Map(rows.map((row) => [row.id, row.seen]));
}

const readSeenBelow = prepared<{ found: boolean }, "viewer" | "id">("seen below a post", (arg) => sql`
  select exists (select 1 from post_seen s where s.user_id = ${arg("viewer")}::bigint and s.post_id < ${arg("id")}::bigint) as found`);

/** Whether the viewer has seen any post, their feed's or not, that is older than this one. */
export async function hasSeenBelow(viewer: Reader, id: string): Promise<boolean> {
  const [row] = await readSeenBelow({ viewer: viewer.id, id });
  return row!.found;
}
