import { type Kind, ROLES, type Row, type Standing } from "./row";

type Otherwise = Partial<Record<Standing, number>>;

/** Restricting, muting, being named or an author beside changes nothing of what one may see and do, but for this. */
export const STANDING_ROWS: Record<string, Otherwise> = {
  "post by id": {}, "post by shortcode": {}, likers: {}, like: {}, unlike: {}, save: {}, unsave: {}, reactions: {}, react: {}, "who reacted": {}, "take a reaction back": {},
  repost: {}, "take a repost back": {}, "link and codes": {}, "note a share": {}, "earlier versions of a post": {}, "embedded page": {}, oEmbed: {},
  "report a post": {}, "report a person": {}, "edit another's post": {}, "pin another's post": {},
  comments: {}, replies: {}, "a comment": {}, "likers of a comment": {}, comment: {}, "like a comment": {}, "unlike a comment": {}, "change a comment": {}, "report a comment": {},
  "comments that wait": {}, "a hidden comment": {}, "like a hidden comment": {}, "report a hidden comment": {},
  "a comment that waits": { restricted: 200 }, "report a comment that waits": { restricted: 422 },
  "make a collection of a post": {}, "a collection": { restricted: 404, muted: 404, muter: 404, collaborator: 404, tagged: 404 }, "posts of a collection": { restricted: 404, muted: 404, muter: 404, collaborator: 404, tagged: 404 },
  "pinned posts of a person": {}, "posts on which a person stands": {}, "reposts of a person": {}, "posts of a person": {}, "posts at a place": {}, "profile by id": {}, followers: {}, following: {},
  "page of the post": {}, "page of the profile": {},
};

/** What the row says of a follower, or of a stranger where the account is public. */
export function expectedOf(row: Row, standing: Standing, kind: Kind): number {
  return STANDING_ROWS[row.name]?.[standing] ?? row[kind][ROLES.indexOf(kind === "private" ? "follower" : "stranger")]!;
}

const EVERY = { restricted: true, muted: true, muter: true, collaborator: true, tagged: true };
const NONE = { restricted: false, muted: false, muter: false, collaborator: false, tagged: false };

/** Lists in which one looks for somebody have them also when they are muted; those that propose do not. */
export const STANDING_LISTS: Record<string, Record<Kind, Partial<Record<Standing, boolean>>>> = {
  tag: { private: EVERY, public: EVERY },
  "page of the tag": { private: EVERY, public: EVERY },
  "posts of its other author": { private: EVERY, public: EVERY },
  "photos of who stands on it": { private: EVERY, public: EVERY },
  pinned: { private: EVERY, public: EVERY },
  "reposts of somebody else": { private: NONE, public: EVERY },
  explore: { private: NONE, public: { restricted: true, muted: true, muter: false, tagged: true } },
  feed: { private: { ...EVERY, muter: false }, public: { restricted: false, muted: false, muter: false, tagged: false } },
  "ranked feed": { private: { muter: false }, public: { muter: false } },
};
