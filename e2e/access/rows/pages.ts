import { both, EVERYBODY, own, PROFILE, type Row, SEEN } from "../row";

/** A visitor is led to the door. */
const MEMBERS = { ...both(200, 200, 200, 200, 200, 307), once: true };
const OPEN = { ...both(...EVERYBODY), once: true };
const members = (path: string): Row => ({ name: `page ${path}`, path: () => path, ...MEMBERS });
const open = (path: string): Row => ({ name: `page ${path}`, path: () => path, ...OPEN });

export const pages: Row[] = [
  { name: "page of the post", path: (w) => `/p/${w.post.shortcode}`, ...SEEN },
  { name: "page of the post at a comment", path: (w) => `/p/${w.post.shortcode}?comment=${w.commentId}`, ...SEEN },
  { name: "page of the profile", path: (w) => `/${w.owner.username}`, ...PROFILE },
  { name: "profile as others see it", path: (w) => `/${w.owner.username}?as=stranger`, ...PROFILE },
  ...["followers", "following", "reposts", "tagged"].map((part): Row => ({ name: `${part} as others see them`, path: (w) => `/${w.owner.username}/${part}?as=stranger`, ...SEEN })),
  { name: "page of the followers", path: (w) => `/${w.owner.username}/followers`, ...SEEN },
  { name: "page of the following", path: (w) => `/${w.owner.username}/following`, ...SEEN },
  { name: "page of a person's tagged posts", path: (w) => `/${w.owner.username}/tagged`, ...SEEN },
  { name: "page of the reposts", path: (w) => `/${w.owner.username}/reposts`, ...SEEN },
  { name: "page of what a person saved", path: (w) => `/${w.owner.username}/saved`, ...both(200, 404, 404, 404, 404, 404) },
  { name: "page of the place", path: (w) => `/places/${w.placeId}`, ...SEEN },
  // Who is asked to share it answers among their own.
  { name: "page of a collection", path: (w) => `/saved/${w.shelfId}`, ...both(200, 200, 307, 404, 404, 307) },
  { name: "page of a circle", path: (w) => `/settings/circles/${w.circleId}`, ...own(200), private: [200, 404, 404, 404, 404, 307], public: [200, 404, 404, 404, 404, 307] },
  // Who was in it reads what was said until then.
  ...["", "/info"].map((part): Row => ({ name: `page of a conversation${part}`, path: (w) => `/direct/${w.threadId}${part}`, ...both(200, 200, 200, 404, 404, 307), once: true })),
  { name: "page of an invitation to a group", path: (w) => `/direct/join/${w.inviteToken}`, ...MEMBERS },
  ...["/saved", "/create", "/direct", "/direct/new", "/direct/requests", "/notifications", "/notifications?show=likes", "/notifications/comments", "/settings"].map(members),
  ...["appearance", "archive", "archive/deleted", "archive/scheduled", "circles", "comments", "data", "feed", "notifications", "privacy", "security", "security/passkeys", "security/two-factor"].map((part) => members(`/settings/${part}`)),
  ...["/search", "/explore", "/developers"].map(open),
];
