import { both, each, fresh, type Row } from "../row";

/** The follower shares it, the requester is asked to; who is blocked shared it before. */
const SHARED = both(200, 200, 404, 404, 404, 401);
const OWNERS = (status: number) => both(status, 403, 404, 404, 404, 401);

export const collections: Row[] = [
  { name: "one's own collections", path: () => "/api/collections", ...each(200) },
  { name: "make a collection of a post", method: "post", path: () => "/api/collections", data: (w) => ({ name: fresh("Light"), post_id: w.post.id }), private: [201, 201, 404, 404, 404, 401], public: [201, 201, 201, 201, 404, 401] },
  // Who is asked learns what for.
  { name: "a collection", path: (w) => `/api/collections/${w.shelfId}`, ...both(200, 200, 200, 404, 404, 401) },
  { name: "posts of a collection", path: (w) => `/api/collections/${w.shelfId}/posts`, ...SHARED },
  { name: "whom a collection is shared with", path: (w) => `/api/collections/${w.shelfId}/members`, ...SHARED },
  { name: "rename a collection", method: "patch", path: (w) => `/api/collections/${w.shelfId}`, data: { name: "Renamed" }, ...OWNERS(200) },
  { name: "put a post into a collection", method: "put", path: (w) => `/api/collections/${w.shelfId}/posts/${w.post.id}`, data: {}, ...SHARED },
  { name: "take a post out of a collection", method: "delete", path: (w) => `/api/collections/${w.doomedShelfId}/posts/${w.post.id}`, ...SHARED },
  { name: "ask somebody to share a collection", method: "put", path: (w) => `/api/collections/${w.shelfId}/members/${w.askerId}`, ...OWNERS(204) },
  { name: "let a member of a collection go", method: "delete", path: (w) => `/api/collections/${w.shelfId}/members/${w.askerId}`, ...OWNERS(204) },
  { name: "accept to share a collection", method: "post", path: (w) => `/api/collections/${w.doomedShelfId}/join`, ...both(404, 200, 200, 404, 404, 401) },
  { name: "delete a collection", method: "delete", path: (w) => `/api/collections/${w.doomedShelfId}`, ...both(204, 403, 403, 404, 404, 401), ownerLast: true },
];
