import { type SQL, sql } from "drizzle-orm";
import { hasBlocks } from "./blocks";

/**
 * The one rule of who may see whom and what, once as SQL and once as predicate; a property test holds the
 * two together. `viewer` is an id or null for somebody signed out. The SQL forms take the alias under which the query
 * has `users` or `posts`; they must be used with aliases from our own code only, never from input.
 */
export type ViewerId = string | null;
/** Somebody who follows everybody, is in no circle and blocked by nobody: as whom one looks at oneself "as a follower". */
export const A_FOLLOWER = Symbol("a follower");
/** In SQL also a column, where one statement answers many viewers. */
export type Asking = ViewerId | typeof A_FOLLOWER | SQL;

/**
 * As whom one sees, on one's own profile as somebody else has it, what others made with oneself: a certain person as anybody. Whom those others block, or
 * have in their circles, is theirs to know.
 */
export const asForOthers = (as: ViewerId | typeof A_FOLLOWER): null | typeof A_FOLLOWER => (as === A_FOLLOWER ? as : null);

const ref = (alias: string, column: string) => sql.raw(`${alias}.${column}`);

/** SQL: the account `alias` (users) exists for the viewer: it lives, and neither side blocks the other. */
export function accountVisible(viewer: Asking, alias = "u"): SQL {
  const id = ref(alias, "id");
  const alive = sql`(${ref(alias, "deleted_at")} is null and ${ref(alias, "deactivated_at")} is null and ${ref(alias, "suspended_at")} is null)`;
  if (viewer === null || viewer === A_FOLLOWER) return alive;
  const parted = sql`exists (
    select 1 from blocks b where (b.blocker_id = ${viewer}::bigint and b.blocked_id = ${id}) or (b.blocker_id = ${id} and b.blocked_id = ${viewer}::bigint))`;
  // Most are in no block at all: asked once for a statement, where it has one viewer, it need not be asked of each account.
  return sql`(${alive} and (${id} = ${viewer}::bigint or not ${typeof viewer === "string" ? sql`(${hasBlocks(viewer)} and ${parted})` : parted}))`;
}

/** SQL: the viewer may see what the account `alias` (users) shows to its followers or, when public, to all. */
export function contentVisible(viewer: Asking, alias = "u"): SQL {
  if (viewer === null) return sql`(${accountVisible(null, alias)} and not ${ref(alias, "is_private")})`;
  if (viewer === A_FOLLOWER) return accountVisible(viewer, alias);
  return sql`(${accountVisible(viewer, alias)} and (not ${ref(alias, "is_private")} or ${ref(alias, "id")} = ${viewer}::bigint or ${followsActively(viewer, ref(alias, "id"))}))`;
}

/** SQL: the post `post` (posts) of the author `author` (users), both joined in the query, may be seen by the viewer. */
export function postVisible(viewer: Asking, post = "p", author = "u"): SQL {
  const live = sql`(${ref(post, "status")} = 'published' and ${ref(post, "archived_at")} is null)`;
  const own = viewer === null || viewer === A_FOLLOWER ? sql`false` : sql`${ref(post, "author_id")} = ${viewer}::bigint`;
  return sql`(${ref(post, "deleted_at")} is null and ((${own} and ${accountVisible(viewer, author)}) or (${live} and ${audienceHas(viewer, post)} and ${contentVisible(viewer, author)})))`;
}

/** SQL: the viewer, not being its author, is among those for whom the post `post` (posts) is; whether they may see the author is another question. */
export function audienceHas(viewer: Asking, post = "p"): SQL {
  const audience = ref(post, "audience");
  if (viewer === null) return sql`${audience} = 'everyone'`;
  if (viewer === A_FOLLOWER) return sql`${audience} <> 'circles'`;
  return sql`(${audience} = 'everyone' or (${audience} = 'followers' and ${followsActively(viewer, ref(post, "author_id"))}) or (${audience} = 'circles' and ${inCircle(viewer, ref(post, "id"))}))`;
}

// Not `exists`: a plan made for any viewer might then read all posts of all their circles into a hash.
function inCircle(viewer: string | SQL, post: SQL): SQL {
  return sql`coalesce((
    select true from post_circles pc join circle_members cm on cm.circle_id = pc.circle_id and cm.user_id = ${viewer}::bigint where pc.post_id = ${post} limit 1), false)`;
}

function followsActively(viewer: string | SQL, followee: SQL): SQL {
  return sql`exists (select 1 from follows f where f.follower_id = ${viewer}::bigint and f.followee_id = ${followee} and f.state = 'active')`;
}

/** What the predicates need to know of two people. */
export type Relation = { isSelf: boolean; follows: boolean; blocksEither: boolean };
/** `inCircle`: the viewer is in one of the circles for which the post is. */
export type PostRelation = Relation & { inCircle: boolean };
export type AccountFacts = { isPrivate: boolean; isGone: boolean };
export type PostFacts = { status: "processing" | "published" | "failed" | "held" | "scheduled"; audience: "everyone" | "followers" | "circles"; isArchived: boolean; isDeleted: boolean };

/** Predicate of `accountVisible`. */
export function isAccountVisible(account: AccountFacts, relation: Relation): boolean {
  return !account.isGone && (relation.isSelf || !relation.blocksEither);
}

/** Predicate of `contentVisible`. */
export function isContentVisible(account: AccountFacts, relation: Relation): boolean {
  return isAccountVisible(account, relation) && (!account.isPrivate || relation.isSelf || relation.follows);
}

/** Predicate of `postVisible`. */
export function isPostVisible(post: PostFacts, account: AccountFacts, relation: PostRelation): boolean {
  if (post.isDeleted) return false;
  if (relation.isSelf) return isAccountVisible(account, relation);
  if (post.status !== "published" || post.isArchived) return false;
  const audience = post.audience === "everyone" || (post.audience === "followers" && relation.follows) || (post.audience === "circles" && relation.inCircle);
  return audience && isContentVisible(account, relation);
}
