import { both, each, type Row } from "../row";

/** Owner and follower are in the group, the requester was; who is blocked never was, as a stranger. Whose account is private makes no difference. */
const members = (status: number, former = status) => ({ ...both(status, status, former, 404, 404, 401), once: true });
const admins = (status: number) => ({ ...both(status, 403, 403, 404, 404, 401), once: true });
const clientId = () => crypto.randomUUID();

export const direct: Row[] = [
  { name: "direct: one's conversations", path: () => "/api/direct", ...each(200) },
  { name: "direct: unread", path: () => "/api/direct/unread", ...each(200) },
  { name: "direct: whom one may write to", path: () => "/api/direct/people?q=a", ...each(200) },
  { name: "direct: find", path: () => "/api/direct/search?q=harbour", ...each(200) },
  { name: "direct: write to the owner", method: "post", path: () => "/api/direct", data: (w) => ({ user_ids: [w.owner.id] }), ...both(422, 201, 201, 201, 404, 401), once: true },
  { name: "direct: pass on a post", method: "post", path: () => "/api/direct/share", data: (w) => ({ client_id: clientId(), shared: { kind: "post", id: w.post.id }, user_ids: [w.owner.id] }), ...each(200) },
  { name: "direct: a conversation", path: (w) => `/api/direct/${w.threadId}`, ...members(200) },
  { name: "direct: mute", method: "patch", path: (w) => `/api/direct/${w.threadId}`, data: { is_muted: true }, ...members(200) },
  { name: "direct: name", method: "patch", path: (w) => `/api/direct/${w.threadId}`, data: { name: "Harbour" }, ...admins(200) },
  { name: "direct: accept", method: "post", path: (w) => `/api/direct/${w.threadId}/accept`, ...members(200) },
  { name: "direct: decline", method: "post", path: (w) => `/api/direct/${w.threadId}/decline`, ...members(422) },
  { name: "direct: who is in it", path: (w) => `/api/direct/${w.threadId}/members`, ...members(200) },
  { name: "direct: add people", method: "post", path: (w) => `/api/direct/${w.threadId}/members`, data: (w) => ({ user_ids: [w.memberId] }), ...members(200, 403) },
  { name: "direct: change a role", method: "patch", path: (w) => `/api/direct/${w.threadId}/members/${w.memberId}`, data: { role: "member" }, ...admins(200) },
  { name: "direct: take somebody out", method: "delete", path: (w) => `/api/direct/${w.threadId}/members/${w.formerId}`, ...both(204, 403, 204, 404, 404, 401), once: true },
  { name: "direct: the invitation", path: (w) => `/api/direct/${w.threadId}/invite`, ...admins(200) },
  { name: "direct: a new invitation", method: "post", path: (w) => `/api/direct/${w.threadId}/invite`, ...admins(200) },
  { name: "direct: no invitation", method: "delete", path: (w) => `/api/direct/${w.threadId}/invite`, ...admins(200) },
  { name: "direct: what an invitation leads to", path: (w) => `/api/direct/invites/${w.inviteToken}`, ...each(200) },
  { name: "direct: join", method: "post", path: (w) => `/api/direct/invites/${w.inviteToken}`, ...each(200) },
  { name: "direct: messages", path: (w) => `/api/direct/${w.threadId}/messages`, ...members(200) },
  { name: "direct: write", method: "post", path: (w) => `/api/direct/${w.threadId}/messages`, data: () => ({ client_id: clientId(), text: "Hello" }), ...members(201, 403) },
  { name: "direct: change another's message", method: "patch", path: (w) => `/api/direct/${w.threadId}/messages/${w.messageId}`, data: { text: "Changed" }, ...admins(200) },
  { name: "direct: react", method: "put", path: (w) => `/api/direct/${w.threadId}/messages/${w.messageId}/reactions/${encodeURIComponent("🔥")}`, ...members(200, 403) },
  { name: "direct: take a reaction back", method: "delete", path: (w) => `/api/direct/${w.threadId}/messages/${w.messageId}/reactions/${encodeURIComponent("🔥")}`, ...members(200, 403) },
  { name: "direct: have read", method: "post", path: (w) => `/api/direct/${w.threadId}/read`, data: (w) => ({ up_to: w.messageId }), ...members(200) },
  { name: "direct: who has seen", path: (w) => `/api/direct/${w.threadId}/seen`, ...members(200) },
  { name: "direct: write just now", method: "post", path: (w) => `/api/direct/${w.threadId}/typing`, ...members(204, 403) },
  { name: "direct: report", method: "post", path: (w) => `/api/direct/${w.threadId}/report`, data: { reason: "spam" }, ...members(201) },
  { name: "direct: take back another's message", method: "delete", path: (w) => `/api/direct/${w.threadId}/messages/${w.messageId}`, ...admins(204), ownerLast: true },
  { name: "direct: leave", method: "post", path: (w) => `/api/direct/${w.doomedThreadId}/leave`, ...members(200) },
  { name: "direct: put away", method: "delete", path: (w) => `/api/direct/${w.doomedThreadId}`, ...members(204) },
];
