import type { APIRequestContext } from "@playwright/test";
import type { Person } from "../fixtures/people";

export const ROLES = ["owner", "follower", "requester", "stranger", "blocked", "signedOut"] as const;
export type Role = (typeof ROLES)[number];
/** Further ones. Towards the private account they are followers, too; towards the public one strangers otherwise. `muter`: who muted the owner. */
export const STANDINGS = ["restricted", "muted", "muter", "collaborator", "tagged"] as const;
export type Standing = (typeof STANDINGS)[number];
export type Kind = "private" | "public";

type Ids = Record<
  | "commentId" | "hiddenId" | "doomedHiddenId" | "deletedId" | "doomedCommentId" | "pendingId" | "circleId" | "doomedCircleId" | "memberId" | "bystanderId" | "askerId" | "refusedId" | "collaboratorId" | "taggedId"
  | "draftId" | "doomedDraftId" | "archivedId" | "deletedPostId" | "doomedPostId" | "scheduledId" | "shelfId" | "doomedShelfId" | "wordId" | "deviceId" | "placeId" | "marker" | "tag" | "threadId" | "doomedThreadId" | "messageId" | "inviteToken" | "formerId", string>;
export type World = Ids & { callers: Record<Role | Standing, APIRequestContext>; owner: Person; post: Awaited<ReturnType<Person["post"]>> };

export type Method = "get" | "post" | "delete" | "put" | "patch";
/** Statuses in the order of ROLES. `ownerLast`: it is gone afterwards. `once`: the same whatever the account, so it is asked of one only. */
export type Row = { name: string; method?: Method; path: (w: World) => string; data?: object | ((w: World) => object); private: number[]; public: number[]; ownerLast?: boolean; once?: boolean };

/** Surfaces that always answer; what counts is whether the post (its marker) is in the answer. In the order of ROLES; null: by chance. */
export type List = { name: string; path: (w: World) => string; private: (boolean | null)[]; public: (boolean | null)[]; status?: number[] };

export const SEEN = { private: [200, 200, 404, 404, 404, 404], public: [200, 200, 200, 200, 404, 200] };
export const ACTED = { private: [200, 200, 404, 404, 404, 401], public: [200, 200, 200, 200, 404, 401] };
export const PROFILE = { private: [200, 200, 200, 200, 404, 200], public: [200, 200, 200, 200, 404, 200] };
export const EVERYBODY = [200, 200, 200, 200, 200, 200];

export const both = (...statuses: number[]) => ({ private: statuses, public: statuses });
/** Everybody has their own, a visitor none. */
export const each = (status: number) => ({ ...both(status, status, status, status, status, 401), once: true });
/** The owner's; for everybody else it is not there. */
export const own = (status: number) => both(status, 404, 404, 404, 404, 401);
/** The author's; who sees the post hears that they may not, for others it is not there. */
export const authors = (status: number) => ({ private: [status, 403, 404, 404, 404, 401], public: [status, 403, 403, 403, 404, 401] });
/** Whatever the viewer asks for, they get the same: nothing is told. */
export const ALIKE = both(200, 200, 200, 200, 200, 401);

/** A name nobody else has. */
export const fresh = (stem: string) => `${stem} ${crypto.randomUUID().slice(0, 8)}`;

export const ask = (caller: APIRequestContext, row: Row, w: World) =>
  caller.fetch(row.path(w), { method: (row.method ?? "get").toUpperCase(), data: typeof row.data === "function" ? row.data(w) : row.data, maxRedirects: 0 });

/** Something in which everything there could be is, with a name. */
const anything: unknown = new Proxy(() => {}, { get: (_, name) => (name === Symbol.toPrimitive ? () => "1" : anything) });
export const anyWorld = anything as World;

/** What of the world a row needs. */
export function readBy(row: Row): Set<keyof World> {
  const read = new Set<keyof World>();
  const world = new Proxy({} as World, { get: (_, name) => read.add(name as keyof World) && anything });
  row.path(world);
  if (typeof row.data === "function") row.data(world);
  return read;
}
