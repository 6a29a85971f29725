import type { List } from "../row";

const SOME = { private: [true, true, false, false, false, false], public: [true, true, true, true, false, true] };
const OWN = { private: [true, false, false, false, false, false], public: [true, false, false, false, false, false], status: [200, 200, 200, 200, 200, 401] };
const NOBODYS = { private: [false, false, false, false, false, false], public: [false, false, false, false, false, false] };
const MEMBERS = [200, 200, 200, 200, 200, 401];

export const lists: List[] = [
  { name: "tag", path: (w) => `/api/tags/${w.tag}/posts`, ...SOME },
  { name: "page of the tag", path: (w) => `/tags/${w.tag}`, ...SOME },
  { name: "posts of its other author", path: (w) => `/api/users/${w.collaboratorId}/posts`, ...SOME },
  { name: "photos of who stands on it", path: (w) => `/api/users/${w.taggedId}/tagged`, ...SOME },
  { name: "pinned", path: (w) => `/api/users/${w.owner.id}/pinned`, ...SOME, status: [200, 200, 200, 200, 404, 200] },
  { name: "reposts of somebody else", path: (w) => `/api/users/${w.askerId}/reposts`, ...NOBODYS, public: [true, true, true, true, false, true] },
  { name: "explore", path: () => "/api/explore?limit=100", ...NOBODYS, public: [false, false, true, true, false, true] },
  { name: "page to explore", path: () => "/explore", ...NOBODYS, public: [false, false, null, null, false, null] },
  { name: "search for a tag", path: (w) => `/api/search?type=tags&q=${w.tag}`, ...NOBODYS },
  { name: "feed", path: () => "/api/feed", private: [true, true, false, false, false, false], public: [true, true, false, false, false, false], status: MEMBERS },
  { name: "page of the feed", path: () => "/", private: [true, true, false, false, false, false], public: [true, true, false, false, false, false] },
  // What strangers are suggested is drawn from what was popular some moments ago, and the page shows the first few only.
  { name: "ranked feed", path: () => "/api/feed/algorithmic?limit=100", private: [true, true, false, false, false, false], public: [true, true, null, null, false, false], status: MEMBERS },
  { name: "page of the ranked feed", path: () => "/?feed=for-you", private: [null, null, false, false, false, false], public: [null, null, null, null, false, false] },
  { name: "archive", path: () => "/api/archive", ...NOBODYS, status: MEMBERS },
  { name: "recently deleted", path: () => "/api/recently-deleted", ...OWN },
  { name: "scheduled", path: () => "/api/scheduled", ...OWN },
  { name: "comments that wait on one's posts", path: () => "/api/comments/waiting", ...OWN },
  { name: "drafts", path: () => "/api/drafts", ...OWN },
  // The owner has put it into collections, which saves it; others may have done so above.
  { name: "saved", path: () => "/api/saved", private: [true, null, false, false, false, false], public: [true, null, null, null, false, false], status: MEMBERS },
];
