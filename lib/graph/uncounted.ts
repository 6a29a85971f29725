import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { prepared } from "@/db/prepared";
import { blockedPart, byBlocked } from "@/lib/platform/visibility/blocks";
import { A_FOLLOWER, type Asking, asForOthers, audienceHas, postVisible } from "@/lib/platform/visibility/visibility";
import type { UserView } from "./types";

/** What of a person's counters is not counted for the viewer: posts kept from them by their audience, and people whom a block hides from them. */
type Row = { id: string; hidden: number; followers: number; following: number };
type Uncounted = ReadonlyMap<string, Row>;

const LIVE = sql.raw("p.deleted_at is null and p.archived_at is null and p.status = 'published'");

/**
 * An index has only what is not for everyone, so that this costs next to nothing for most people. Of a private account all are for followers. What
 * they made with others counts, too, and is the others' to show: few of a person. `others`: as whom those are judged. `followers`, `following`: numbers beside it.
 */
const hidden = (viewer: Asking, ids: string, { others = viewer, followers = sql`0`, following = sql`0` } = {}): SQL => sql`
  select * from (
    select w.id, own.hidden + shared.hidden as hidden, ${followers} as followers, ${following} as following from unnest(${ids}::text::bigint[]) as w(id) join users u on u.id = w.id
    cross join lateral (select count(*)::int as hidden from posts p
      where p.author_id = w.id and ${LIVE} and p.audience <> 'everyone' and (p.audience = 'circles' or not u.is_private) and not ${audienceHas(viewer)}) own
    cross join lateral (select count(*)::int as hidden from collaborators c join posts p on p.id = c.post_id join users a on a.id = p.author_id
      where c.user_id = w.id and c.state = 'accepted' and ${LIVE} and not ${postVisible(others, "p", "a")}) shared) less
  where hidden + followers + following > 0`;

const FOLLOWERS = byBlocked({ from: "follows", who: "follower_id", of: sql.raw("k.followee_id = u.id and k.state = 'active'"), count: sql.raw("u.follower_count") });
const FOLLOWING = byBlocked({ from: "follows", who: "followee_id", of: sql.raw("k.follower_id = u.id and k.state = 'active'"), count: sql.raw("u.following_count") });

const forViewer = prepared<Row, "viewer" | "ids">("posts and people not counted for a viewer", (arg) => sql`
  with ${blockedPart(arg("viewer"))} ${hidden(arg("viewer"), arg("ids"), { followers: FOLLOWERS, following: FOLLOWING })}`);
const signedOut = prepared<Row, "ids">("posts not counted signed out", (arg) => hidden(null, arg("ids")));
const forFollower = prepared<Row, "ids">("posts not counted for a follower", (arg) => hidden(A_FOLLOWER, arg("ids")));
const asPerson = prepared<Row, "viewer" | "ids">("own posts not counted as a person", (arg) => hidden(arg("viewer"), arg("ids"), { others: asForOthers(arg("viewer")) }));

const byId = (rows: readonly Row[]): Uncounted => new Map(rows.map((row) => [row.id, row]));

/** What of each of these people's numbers is not for the viewer: posts by their audience, followers and followed by blocks; no entry for none. */
export async function listUncounted(viewer: Exclude<Asking, SQL>, userIds: readonly string[]): Promise<Uncounted> {
  const others = userIds.filter((id) => id !== viewer);
  if (others.length === 0) return new Map();
  const ids = `{${others.join(",")}}`;
  return byId(await (viewer === null ? signedOut({ ids }) : viewer === A_FOLLOWER ? forFollower({ ids }) : forViewer({ viewer, ids })));
}

/** The same people, whose numbers have no post and nobody that the viewer would look for in vain. */
export async function withSeenCounts(viewer: Exclude<Asking, SQL>, users: UserView[]): Promise<UserView[]> {
  const less = await listUncounted(viewer, users.map((user) => user.id));
  return less.size === 0 ? users : users.map((user) => discounted(user, less));
}

export function discounted(user: UserView, uncounted: Uncounted): UserView {
  const less = uncounted.get(user.id);
  if (!less) return user;
  return { ...user, post_count: Math.max(0, user.post_count - less.hidden), follower_count: Math.max(0, user.follower_count - less.followers), following_count: Math.max(0, user.following_count - less.following) };
}

/** The same for oneself as somebody else has it (`asForOthers`). Whom that person does not see for a block is theirs to know, and counted. */
export async function withCountsAs(as: Exclude<Asking, SQL>, self: UserView): Promise<UserView> {
  if (as === null || as === A_FOLLOWER) return (await withSeenCounts(as, [self]))[0]!;
  return discounted(self, byId(await asPerson({ viewer: as, ids: `{${self.id}}` })));
}
