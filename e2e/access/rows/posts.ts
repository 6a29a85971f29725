import { ACTED, ALIKE, authors, both, EVERYBODY, own, type Row, SEEN } from "../row";

/** What one sees but may not change is forbidden; what one does not see is not there. */
export const posts: Row[] = [
  { name: "post by id", path: (w) => `/api/posts/${w.post.id}`, ...SEEN },
  { name: "post by shortcode", path: (w) => `/api/posts/${w.post.shortcode}`, ...SEEN },
  { name: "likers", path: (w) => `/api/posts/${w.post.id}/likes`, ...SEEN },
  { name: "like", method: "post", path: (w) => `/api/posts/${w.post.id}/like`, ...ACTED },
  { name: "unlike", method: "delete", path: (w) => `/api/posts/${w.post.id}/like`, ...ACTED },
  { name: "save", method: "post", path: (w) => `/api/posts/${w.post.id}/save`, ...ACTED },
  { name: "unsave", method: "delete", path: (w) => `/api/posts/${w.post.id}/save`, ...ACTED },
  { name: "reactions", path: (w) => `/api/posts/${w.post.id}/reactions`, ...SEEN },
  { name: "react", method: "put", path: (w) => `/api/posts/${w.post.id}/reactions/🔥`, ...ACTED },
  { name: "who reacted", path: (w) => `/api/posts/${w.post.id}/reactions/🔥`, ...SEEN },
  { name: "take a reaction back", method: "delete", path: (w) => `/api/posts/${w.post.id}/reactions/🔥`, ...ACTED },
  // Only what everybody may see, and not one's own.
  { name: "repost", method: "put", path: (w) => `/api/posts/${w.post.id}/repost`, data: {}, private: [422, 403, 404, 404, 404, 401], public: [422, 200, 200, 200, 404, 401] },
  { name: "take a repost back", method: "delete", path: (w) => `/api/posts/${w.post.id}/repost`, ...ACTED },
  { name: "link and codes", path: (w) => `/api/posts/${w.post.id}/share`, ...SEEN },
  { name: "note a share", method: "post", path: (w) => `/api/posts/${w.post.id}/share`, ...ACTED },
  { name: "earlier versions of a post", path: (w) => `/api/posts/${w.post.id}/versions`, ...SEEN },
  // On other sites everybody is a visitor.
  { name: "embedded page", path: (w) => `/p/${w.post.shortcode}/embed`, private: [404, 404, 404, 404, 404, 404], public: EVERYBODY },
  { name: "oEmbed", path: (w) => `/api/oembed?url=${encodeURIComponent(w.post.url)}`, private: [404, 404, 404, 404, 404, 404], public: EVERYBODY },
  { name: "report a post", method: "post", path: () => "/api/reports", data: (w) => ({ subject: "post", id: w.post.id, reason: "spam" }), private: [422, 201, 404, 404, 404, 401], public: [422, 201, 201, 201, 404, 401] },
  { name: "not interested in a post", method: "post", path: (w) => `/api/posts/${w.post.id}/not-interested`, private: [422, 200, 404, 404, 404, 401], public: [422, 200, 200, 200, 404, 401] },
  // Taking back says nothing of what is there.
  { name: "interested again", method: "delete", path: (w) => `/api/posts/${w.post.id}/not-interested`, ...ALIKE },
  { name: "fewer like a post", method: "post", path: (w) => `/api/posts/${w.post.id}/fewer`, private: [422, 200, 404, 404, 404, 401], public: [422, 200, 200, 200, 404, 401] },
  { name: "as many like a post as before", method: "delete", path: (w) => `/api/posts/${w.post.id}/fewer`, ...ALIKE },
  { name: "edit another's post", method: "patch", path: (w) => `/api/posts/${w.post.id}`, data: {}, ...authors(200) },
  { name: "unpin another's post", method: "delete", path: (w) => `/api/posts/${w.post.id}/pin`, ...authors(200) },
  { name: "pin another's post", method: "post", path: (w) => `/api/posts/${w.post.id}/pin`, ...authors(200) },
  { name: "delete another's post", method: "delete", path: (w) => `/api/posts/${w.doomedPostId}`, ...authors(204), ownerLast: true },
  // What is deleted, scheduled or kept for one is not there for anybody else, whoever sees the post.
  { name: "process one's own post again only", method: "post", path: (w) => `/api/posts/${w.post.id}/retry`, ...own(200) },
  { name: "restore one's own post only", method: "post", path: (w) => `/api/posts/${w.post.id}/restore`, ...own(200) },
  { name: "delete for good what is deleted only", method: "delete", path: (w) => `/api/recently-deleted/${w.post.id}`, ...own(404) },
  { name: "publish one's own scheduled post only", method: "post", path: (w) => `/api/posts/${w.post.id}/publish`, ...own(409) },
  { name: "an archived post", path: (w) => `/api/posts/${w.archivedId}`, ...both(200, 404, 404, 404, 404, 404) },
  { name: "a deleted post", path: (w) => `/api/posts/${w.deletedPostId}`, ...both(404, 404, 404, 404, 404, 404) },
  { name: "a scheduled post", path: (w) => `/api/posts/${w.scheduledId}`, ...both(200, 404, 404, 404, 404, 404) },
  { name: "agree to a tag that nobody made", method: "post", path: (w) => `/api/posts/${w.post.id}/tag`, data: {}, ...own(404) },
  { name: "be asked again for a tag that nobody made", method: "post", path: (w) => `/api/posts/${w.post.id}/tag`, data: { is_proposed: true }, ...own(404) },
  { name: "take away a tag that nobody made", method: "delete", path: (w) => `/api/posts/${w.post.id}/tag`, ...own(404) },
  { name: "accept what nobody invited to", method: "post", path: (w) => `/api/posts/${w.post.id}/collaboration`, ...own(404) },
  { name: "be invited again to what nobody invited to", method: "post", path: (w) => `/api/posts/${w.post.id}/collaboration`, data: { is_invited: true }, ...own(404) },
  { name: "leave what one is no author of", method: "delete", path: (w) => `/api/posts/${w.post.id}/collaboration`, ...own(404) },
  { name: "posts at a place", path: (w) => `/api/places/${w.placeId}/posts`, ...SEEN },
  // Of others' photos nothing is made.
  { name: "post another's photo", method: "post", path: () => "/api/posts", data: (w) => ({ media: [{ id: w.post.media[0]!.id, alt: "x" }], caption: "" }), ...both(422, 422, 422, 422, 422, 401) },
  { name: "pin others' posts to one's own profile", method: "put", path: () => "/api/me/pins", data: (w) => ({ post_ids: [w.post.id] }), ...both(200, 422, 422, 422, 422, 401) },
];
