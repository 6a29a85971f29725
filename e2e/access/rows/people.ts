import { both, own, PROFILE, type Row, SEEN } from "../row";

const FOUND = both(200, 200, 200, 200, 404, 401);
/** Not for oneself, nor for whom the two do not exist. */
const TOWARDS = both(422, 200, 200, 200, 404, 401);

export const people: Row[] = [
  { name: "posts of a person", path: (w) => `/api/users/${w.owner.id}/posts`, ...SEEN },
  { name: "posts of a person, founding path", path: (w) => `/api/posts/users/${w.owner.id}/posts`, ...SEEN },
  { name: "profile by id", path: (w) => `/api/users/${w.owner.id}`, ...PROFILE },
  { name: "profile by name", path: (w) => `/api/users/@${w.owner.username}`, ...PROFILE },
  { name: "followers", path: (w) => `/api/users/${w.owner.id}/followers`, ...SEEN },
  { name: "following", path: (w) => `/api/users/${w.owner.id}/following`, ...SEEN },
  { name: "pinned posts of a person", path: (w) => `/api/users/${w.owner.id}/pinned`, ...PROFILE },
  { name: "posts on which a person stands", path: (w) => `/api/users/${w.owner.id}/tagged`, ...SEEN },
  { name: "reposts of a person", path: (w) => `/api/users/${w.owner.id}/reposts`, ...SEEN },
  { name: "report a person", method: "post", path: () => "/api/reports", data: (w) => ({ subject: "user", id: w.owner.id, reason: "spam" }), ...both(422, 201, 201, 201, 404, 401) },
  { name: "snooze a person", method: "post", path: (w) => `/api/users/${w.owner.id}/snooze`, ...TOWARDS },
  { name: "wake a person", method: "delete", path: (w) => `/api/users/${w.owner.id}/snooze`, ...both(422, 200, 200, 200, 200, 401) },
  { name: "restrict a person", method: "post", path: (w) => `/api/users/${w.owner.id}/restrict`, ...TOWARDS },
  { name: "restrict a person no longer", method: "delete", path: (w) => `/api/users/${w.owner.id}/restrict`, ...TOWARDS },
  { name: "favour a person one follows", method: "post", path: (w) => `/api/users/${w.owner.id}/favourite`, ...both(422, 200, 422, 422, 404, 401) },
  { name: "favour a person no longer", method: "delete", path: (w) => `/api/users/${w.owner.id}/favourite`, ...TOWARDS },
  { name: "remove a follower", method: "delete", path: (w) => `/api/users/${w.owner.id}/follower`, ...TOWARDS },
  { name: "mute a person's stories", method: "post", path: (w) => `/api/users/${w.owner.id}/mute`, data: { posts: false }, ...TOWARDS },
  { name: "mute a person no longer", method: "delete", path: (w) => `/api/users/${w.owner.id}/mute`, ...TOWARDS },
  // The bystander, an account of the same kind, has blocked who is blocked.
  { name: "follow a person", method: "post", path: (w) => `/api/users/${w.bystanderId}/follow`, ...FOUND },
  { name: "follow a person no longer", method: "delete", path: (w) => `/api/users/${w.bystanderId}/follow`, ...FOUND },
  { name: "block a person", method: "post", path: (w) => `/api/users/${w.bystanderId}/block`, ...FOUND },
  { name: "block a person no longer", method: "delete", path: (w) => `/api/users/${w.bystanderId}/block`, ...FOUND },
  { name: "let somebody follow who asked another", method: "post", path: (w) => `/api/follow-requests/${w.askerId}/accept`, private: [200, 404, 404, 404, 404, 401], public: [404, 404, 404, 404, 404, 401] },
  // Whether they asked whom is not told.
  { name: "refuse somebody who asked another", method: "post", path: (w) => `/api/follow-requests/${w.refusedId}/decline`, ...both(200, 200, 200, 200, 200, 401) },
  { name: "let somebody wait again whom nobody declined", method: "post", path: (w) => `/api/follow-requests/${w.refusedId}/restore`, data: { undo: "x" }, ...both(409, 409, 409, 409, 409, 401) },
  { name: "one's own circle only", path: (w) => `/api/circles/${w.circleId}`, ...own(200) },
  { name: "one's own circle renamed only", method: "patch", path: (w) => `/api/circles/${w.circleId}`, data: { name: "Renamed" }, ...own(200) },
  { name: "people put into one's own circle only", method: "put", path: (w) => `/api/circles/${w.circleId}/members/${w.memberId}`, ...own(200) },
  { name: "people taken out of one's own circle only", method: "delete", path: (w) => `/api/circles/${w.circleId}/members/${w.memberId}`, ...own(200) },
  { name: "one's own circle deleted only", method: "delete", path: (w) => `/api/circles/${w.doomedCircleId}`, ...own(204), ownerLast: true },
];
