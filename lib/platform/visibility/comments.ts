import { type SQL, sql } from "drizzle-orm";
import { accountVisible, type ViewerId } from "./visibility";

/**
 * Which comments of a post that the viewer may see are there for them, once as SQL and once as predicate (see visibility.ts):
 * those that are shown; what waits or was put away only for its writer and the post's author; a reply only with what it
 * answers. Whether the writers themselves are visible is asked beside it.
 */
export type CommentState = "shown" | "pending" | "hidden";

const ref = (alias: string, column: string) => sql.raw(`${alias}.${column}`);

const open = (viewer: ViewerId | SQL, comment: string, post: string): SQL =>
  viewer === null
    ? sql`${ref(comment, "state")} = 'shown'`
    : sql`(${ref(comment, "state")} = 'shown' or ${ref(comment, "user_id")} = ${viewer}::bigint or ${ref(post, "author_id")} = ${viewer}::bigint)`;

/** SQL: the comment `comment` (comments) on the post `post` (posts) is there for the viewer. */
export function commentVisible(viewer: ViewerId | SQL, comment = "c", post = "p"): SQL {
  return sql`(${ref(comment, "deleted_at")} is null and ${open(viewer, comment, post)} and (${ref(comment, "parent_id")} is null or exists (
    select 1 from comments above where above.id = ${ref(comment, "parent_id")} and above.deleted_at is null and ${open(viewer, "above", post)})))`;
}

/** SQL: the comment `c` of the writer `w`, asked for by its id, on a post `p` that the viewer may see: it is there for them, and so are its writer and who wrote what it answers. */
export function commentReachable(viewer: ViewerId | SQL): SQL {
  return sql`(${commentVisible(viewer)} and ${accountVisible(viewer, "w")} and (c.parent_id is null or exists (
    select 1 from comments a join users aw on aw.id = a.user_id where a.id = c.parent_id and ${accountVisible(viewer, "aw")})))`;
}

/** What everybody may see and `posts.comment_count` counts, of comments `c`. */
export const COUNTED = "(c.deleted_at is null and c.state = 'shown' and (c.parent_id is null or exists (select 1 from comments above where above.id = c.parent_id and above.deleted_at is null and above.state = 'shown')))";

export type CommentFacts = { state: CommentState; isDeleted: boolean; isWriter: boolean };

/** Predicate of `commentVisible`; `above` is what a reply answers. */
export function isCommentVisible(comment: CommentFacts, above: CommentFacts | null, isAuthor: boolean): boolean {
  const isOpen = ({ state, isDeleted, isWriter }: CommentFacts) => !isDeleted && (state === "shown" || isWriter || isAuthor);
  return isOpen(comment) && (above === null || isOpen(above));
}
