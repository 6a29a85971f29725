import { both, each, EVERYBODY, fresh, own as owners, type Row } from "../row";

const get = (path: string): Row => ({ name: `one's own: ${path}`, path: () => path, ...each(200) });

/** Whether it was anybody's is not told; that it stays where it is another's, the matrix asks by itself. */
const GONE = both(204, 204, 204, 204, 204, 401);

/** One's own things: everybody has their own, a visitor none. Another's device, passkey, draft is out of reach whoever asks. */
export const own: Row[] = [
  ...["/api/me", "/api/me/privacy", "/api/me/hidden-words", "/api/me/blocked", "/api/me/muted", "/api/me/restricted", "/api/me/devices", "/api/me/passkeys", "/api/me/two-factor", "/api/me/email", "/api/me/exports", "/api/me/notifications", "/api/me/digest", "/api/push/key", "/api/push/subscription"].map(get),
  ...["/api/feed/favourites", "/api/feed/preferences", "/api/feed/new?since=1", "/api/circles", "/api/follow-requests", "/api/notifications"].map(get),
  { name: "change one's own profile", method: "patch", path: () => "/api/me", data: { bio: "" }, ...each(200) },
  { name: "change one's own wishes", method: "patch", path: () => "/api/me/privacy", data: {}, ...each(200) },
  { name: "change how one is told", method: "patch", path: () => "/api/me/notifications", data: {}, ...each(200) },
  { name: "change one's own feed", method: "patch", path: () => "/api/feed/preferences", data: {}, ...each(200) },
  { name: "mails of what is new", method: "patch", path: () => "/api/me/digest", data: {}, ...each(200) },
  { name: "push to an address inside", method: "put", path: () => "/api/push/subscription", data: { endpoint: "https://10.0.0.1/x", keys: { p256dh: "x", auth: "y" } }, ...each(422) },
  { name: "try a push without a device", method: "post", path: () => "/api/push/test", data: {}, ...each(409) },
  { name: "end a push of another's", method: "delete", path: () => "/api/push/subscription?id=1", ...each(200) },
  { name: "have read", method: "post", path: () => "/api/notifications/read", data: {}, ...each(200) },
  // Whether there was anything to be seen is not told.
  { name: "have seen", method: "post", path: () => "/api/feed/seen", data: (w) => ({ post_ids: [w.archivedId] }), ...both(204, 204, 204, 204, 204, 401) },
  { name: "have another's picture", method: "put", path: () => "/api/me/avatar", data: (w) => ({ media_id: w.post.media[0]!.id }), ...both(404, 404, 404, 404, 404, 401) },
  { name: "have no picture", method: "delete", path: () => "/api/me/avatar", ...each(200) },
  { name: "make a circle", method: "post", path: () => "/api/circles", data: () => ({ name: fresh("Circle") }), ...each(201) },
  { name: "begin a draft", method: "post", path: () => "/api/drafts", data: { content: { media: [], caption: "Begun" } }, ...each(201) },
  { name: "hide words", method: "post", path: () => "/api/me/hidden-words", data: () => ({ phrase: fresh("Word"), scopes: ["comments"] }), ...each(201) },
  { name: "show hidden words again", method: "delete", path: (w) => `/api/me/hidden-words/${w.wordId}`, ...GONE, ownerLast: true },
  { name: "one's own draft only", path: (w) => `/api/drafts/${w.draftId}`, ...owners(200) },
  { name: "change one's own draft only", method: "put", path: (w) => `/api/drafts/${w.draftId}`, data: { content: { media: [], caption: "" }, revision: 7 }, ...owners(409) },
  { name: "delete a draft", method: "delete", path: (w) => `/api/drafts/${w.doomedDraftId}`, ...GONE, ownerLast: true },
  { name: "sign out a device", method: "delete", path: (w) => `/api/me/devices/${w.deviceId}`, ...GONE, ownerLast: true },
  { name: "sign out one's other devices", method: "delete", path: () => "/api/me/devices", ...each(200) },
  { name: "rename another's passkey", method: "patch", path: () => "/api/me/passkeys/1", data: { name: "Mine" }, ...each(404) },
  { name: "another's packed data", path: () => "/api/me/exports/1/download", ...each(404) },
  { name: "another's packed data with a proof", method: "post", path: () => "/api/me/exports/1/download", data: { password: "not-this-one-7" }, ...each(404) },
  { name: "ask for the confirming mail again", method: "post", path: () => "/api/me/email/verification", ...each(202) },
  // Dangerous things without a proof.
  { name: "remove another's passkey without a proof", method: "delete", path: () => "/api/me/passkeys/1", data: {}, ...each(403) },
  { name: "begin a second step without a proof", method: "post", path: () => "/api/me/two-factor", data: {}, ...each(403) },
  { name: "end the second step without a proof", method: "delete", path: () => "/api/me/two-factor", data: {}, ...each(403) },
  { name: "confirm a second step that nobody began", method: "post", path: () => "/api/me/two-factor/confirm", data: { code: "123456" }, ...each(403) },
  { name: "new codes without a proof", method: "post", path: () => "/api/me/two-factor/recovery-codes", data: {}, ...each(403) },
  { name: "begin a passkey without a proof", method: "post", path: () => "/api/me/passkeys/options", data: {}, ...each(403) },
  { name: "add a passkey that nobody began", method: "post", path: () => "/api/me/passkeys", data: { response: {} }, ...each(422) },
  { name: "another address without a proof", method: "post", path: () => "/api/me/email", data: { email: "other@example.org" }, ...each(403) },
  { name: "another password with a wrong one", method: "post", path: () => "/api/me/password", data: { current_password: "not-this-one-7", new_password: "quiet-harbour-lantern-43" }, ...each(422) },
  { name: "pack without a proof", method: "post", path: () => "/api/me/export", data: {}, ...each(403) },
  { name: "hide the account without a proof", method: "post", path: () => "/api/me/deactivate", data: {}, ...each(403) },
  { name: "delete the account with a wrong password", method: "delete", path: () => "/api/me", data: { password: "not-this-one-7" }, ...each(422) },
  { name: "what is allowed", path: () => "/api/limits", ...both(...EVERYBODY), once: true },
  { name: "the description of the API", path: () => "/api/openapi.json", ...both(...EVERYBODY), once: true },
];
