import "server-only";
import { type SQL, sql } from "drizzle-orm";
import type { ProfileLink } from "@/db/schema";
import { avatarUrl } from "@/lib/accounts/avatar-url";
import type { UserView, ViewerRelation } from "./types";

/** How every query that shows people selects them: the person `u`, and what they and the viewer are to each other. */
export type PersonRow = {
  id: string; username: string; full_name: string; bio: string; website: string; pronouns: string; links: ProfileLink[];
  is_private: boolean; is_verified: boolean; avatar_media_id: string | null; avatar_version: string | null;
  follower_count: number; following_count: number; post_count: number; created_at: string;
} & RelationRow;

type RelationRow = { is_self: boolean; follow_state: "active" | "requested" | null; followed_by: boolean; blocking: boolean; muting: boolean; muting_stories: boolean; restricting: boolean; is_favourite: boolean };

const PERSON = sql.raw(
  ["id", "username", "full_name", "bio", "website", "pronouns", "links", "is_private", "is_verified", "avatar_media_id", "avatar_version", "follower_count", "following_count", "post_count", "created_at"]
    .map((column) => `u.${column}`)
    .join(", "),
);

/** The columns of `PersonRow` for the person `u`. Each relation is one look-up by primary key. */
export function personColumns(viewerId: string | null): SQL {
  return sql`${PERSON}, ${relationColumns(viewerId)}`;
}

export function relationColumns(viewerId: string | null): SQL {
  if (viewerId === null) return sql`false as is_self, null as follow_state, false as followed_by, false as blocking, false as muting, false as muting_stories, false as restricting, false as is_favourite`;
  const me = sql`${viewerId}::bigint`;
  // Not `exists`: a plan made for any viewer might then read all the followers of a celebrity into a hash.
  return sql`u.id = ${me} as is_self,
    (select f.state from follows f where f.follower_id = ${me} and f.followee_id = u.id) as follow_state,
    coalesce((select true from follows f where f.follower_id = u.id and f.followee_id = ${me} and f.state = 'active'), false) as followed_by,
    coalesce((select true from blocks b where b.blocker_id = ${me} and b.blocked_id = u.id), false) as blocking,
    coalesce((select m.posts from mutes m where m.muter_id = ${me} and m.muted_id = u.id), false) as muting,
    coalesce((select m.stories from mutes m where m.muter_id = ${me} and m.muted_id = u.id), false) as muting_stories,
    coalesce((select true from restricts r where r.restricter_id = ${me} and r.restricted_id = u.id), false) as restricting,
    coalesce((select true from favourites v where v.user_id = ${me} and v.favourite_id = u.id), false) as is_favourite`;
}

export const toRelation = (row: RelationRow): ViewerRelation => ({
  is_self: row.is_self, following: row.follow_state === "active", requested: row.follow_state === "requested",
  followed_by: row.followed_by, blocking: row.blocking, muting: row.muting, muting_stories: row.muting_stories, restricting: row.restricting, is_favourite: row.is_favourite,
});

/** A person as shown to the viewer of the query. */
export function toUserView(row: PersonRow, viewerId: string | null): UserView {
  return {
    id: row.id, username: row.username, full_name: row.full_name, bio: row.bio, website: row.website, pronouns: row.pronouns, links: row.links,
    avatar_url: avatarUrl({ avatarMediaId: row.avatar_media_id, avatarVersion: row.avatar_version }),
    is_private: row.is_private, is_verified: row.is_verified,
    follower_count: row.follower_count, following_count: row.following_count, post_count: row.post_count,
    created_at: new Date(row.created_at).toISOString(),
    viewer: viewerId === null ? null : toRelation(row),
  };
}
