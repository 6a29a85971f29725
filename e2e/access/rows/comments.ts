import { ACTED, authors, both, own, type Row, SEEN } from "../row";

export const comments: Row[] = [
  { name: "comments", path: (w) => `/api/posts/${w.post.id}/comments`, ...SEEN },
  { name: "replies", path: (w) => `/api/posts/${w.post.id}/comments?parent_id=${w.commentId}`, ...SEEN },
  { name: "comment", method: "post", path: (w) => `/api/posts/${w.post.id}/comments`, data: { content: "Seen" }, private: [201, 201, 404, 404, 404, 401], public: [201, 201, 201, 201, 404, 401] },
  { name: "like a comment", method: "post", path: (w) => `/api/comments/${w.commentId}/like`, ...ACTED },
  { name: "unlike a comment", method: "delete", path: (w) => `/api/comments/${w.commentId}/like`, ...ACTED },
  { name: "a comment", path: (w) => `/api/comments/${w.commentId}`, ...SEEN },
  { name: "likers of a comment", path: (w) => `/api/comments/${w.commentId}/likes`, ...SEEN },
  { name: "comments that wait", path: (w) => `/api/posts/${w.post.id}/comments?state=pending`, private: [200, 403, 404, 404, 404, 404], public: [200, 403, 403, 403, 404, 403] },
  { name: "change a comment", method: "patch", path: (w) => `/api/comments/${w.commentId}`, data: { content: "Still seen" }, ...authors(200) },
  { name: "a hidden comment", path: (w) => `/api/comments/${w.hiddenId}`, ...both(200, 404, 404, 404, 404, 404) },
  { name: "a comment that waits", path: (w) => `/api/comments/${w.pendingId}`, ...both(200, 404, 404, 404, 404, 404) },
  { name: "hide a comment", method: "post", path: (w) => `/api/comments/${w.hiddenId}/hide`, ...own(200) },
  { name: "like a hidden comment", method: "post", path: (w) => `/api/comments/${w.hiddenId}/like`, ...own(200) },
  { name: "show a hidden comment again", method: "delete", path: (w) => `/api/comments/${w.doomedHiddenId}/hide`, ...own(200), ownerLast: true },
  { name: "pin a comment", method: "post", path: (w) => `/api/comments/${w.commentId}/pin`, ...authors(200) },
  { name: "unpin a comment", method: "delete", path: (w) => `/api/comments/${w.commentId}/pin`, ...authors(200) },
  { name: "approve a comment", method: "post", path: (w) => `/api/comments/${w.commentId}/approve`, ...authors(200) },
  { name: "take back one's approval", method: "delete", path: (w) => `/api/comments/${w.hiddenId}/approve`, ...own(200) },
  { name: "bring back a comment", method: "post", path: (w) => `/api/comments/${w.deletedId}/restore`, ...authors(200) },
  { name: "delete another's comment", method: "delete", path: (w) => `/api/comments/${w.doomedCommentId}`, ...own(204), ownerLast: true },
  { name: "report a comment", method: "post", path: () => "/api/reports", data: (w) => ({ subject: "comment", id: w.commentId, reason: "spam" }), private: [422, 201, 404, 404, 404, 401], public: [422, 201, 201, 201, 404, 401] },
  // As if it had never been made.
  { name: "report a hidden comment", method: "post", path: () => "/api/reports", data: (w) => ({ subject: "comment", id: w.hiddenId, reason: "spam" }), ...own(422) },
  { name: "report a comment that waits", method: "post", path: () => "/api/reports", data: (w) => ({ subject: "comment", id: w.pendingId, reason: "spam" }), ...own(201) },
];
