import { type APIRequestContext, expect, type PlaywrightWorkerArgs } from "@playwright/test";
import { PASSWORD, Person, uniqueName } from "../fixtures/people";
import type { Kind, Role, Standing, World } from "./row";

/** An owner with such an account, people who stand differently towards them, and one of everything that somebody could be shown. Takes some seconds. */
export async function makeWorld(playwright: PlaywrightWorkerArgs["playwright"], baseURL: string, kind: Kind): Promise<World> {
  const make = (stem: string, isPrivate = false) => Person.register(playwright, baseURL, stem, { isPrivate });
  const [owner, follower, requester, stranger, blocked, bystander] = [await make("owner", kind === "private"), await make("follower"), await make("requester"), await make("stranger"), await make("blocked"), await make("bystander", kind === "private")];
  const standing = { restricted: await make("restricted"), muted: await make("muted"), muter: await make("muter"), collaborator: await make("collaborator"), tagged: await make("tagged") };
  const [asker, refused] = [await make("asker"), await make("refused")];
  await follower.follow(owner);
  if (kind === "private") {
    for (const one of Object.values(standing)) await one.follow(owner);
    for (const one of [follower, ...Object.values(standing)]) await owner.expectOk(owner.api.post(`/api/follow-requests/${one.id}/accept`));
    for (const one of [requester, asker, refused]) await one.follow(owner);
  }
  const [marker, tag] = [uniqueName("marker"), uniqueName("tag")];
  const post = await owner.post(`${marker} over the water #${tag}`);
  const placeId = await share(owner, post, standing, tag);
  if (kind === "public") await asker.expectOk(asker.api.put(`/api/posts/${post.id}/repost`, { data: {} }));
  const said = await discuss(owner, standing.restricted, post.id, marker);
  const own = await keep(owner, marker);
  const shelves = await collect(owner, { follower, requester, blocked }, post.id);
  const talk = await converse(owner, follower, requester, marker);
  await owner.expectOk(owner.api.post(`/api/users/${standing.restricted.id}/restrict`));
  await owner.expectOk(owner.api.post(`/api/users/${standing.muted.id}/mute`, { data: {} }));
  await standing.muter.expectOk(standing.muter.api.post(`/api/users/${owner.id}/mute`, { data: {} }));
  for (const one of [owner, bystander]) await one.block(blocked);
  const signedOut = await playwright.request.newContext({ baseURL });
  const callers: Record<Role | Standing, APIRequestContext> = { owner: owner.api, follower: follower.api, requester: requester.api, stranger: stranger.api, blocked: blocked.api, signedOut, ...apisOf(standing) };
  // Fan-out and hashtags are jobs.
  await expect.poll(async () => (await follower.expectOk(follower.api.get("/api/feed"))).posts.length, { timeout: 15_000 }).toBeGreaterThan(0);
  await expect.poll(async () => (await owner.expectOk(owner.api.get(`/api/tags/${tag}/posts`))).posts.length, { timeout: 15_000 }).toBe(1);
  return {
    callers, owner, post, ...said, ...own, ...shelves, ...talk, placeId, memberId: follower.id, bystanderId: bystander.id, askerId: asker.id, refusedId: refused.id,
    collaboratorId: standing.collaborator.id, taggedId: standing.tagged.id, marker, tag,
  };
}

const apisOf = (people: Record<Standing, Person>) => Object.fromEntries(Object.entries(people).map(([name, person]) => [name, person.api])) as Record<Standing, APIRequestContext>;

/** A place, somebody on the photo, a second author; pinned. */
async function share(owner: Person, post: World["post"], { collaborator, tagged }: Record<Standing, Person>, place: string): Promise<string> {
  const data = { location: place, media: [{ id: post.media[0]!.id, tags: [{ username: tagged.username, x: 0.5, y: 0.5 }] }], collaborators: [collaborator.username] };
  const changed = await owner.expectOk(owner.api.patch(`/api/posts/${post.id}`, { data }));
  await tagged.expectOk(tagged.api.post(`/api/posts/${post.id}/tag`, { data: {} }));
  await collaborator.expectOk(collaborator.api.post(`/api/posts/${post.id}/collaboration`));
  await owner.expectOk(owner.api.post(`/api/posts/${post.id}/pin`));
  return changed.location.id;
}

async function discuss(owner: Person, restricted: Person, postId: string, marker: string) {
  const say = async (who: Person, what: string) => (await who.expectOk(who.api.post(`/api/posts/${postId}/comments`, { data: { content: `${marker} ${what}` } }))).id as string;
  const [commentId, hiddenId, doomedHiddenId, deletedId, doomedCommentId] = [await say(owner, "comment"), await say(owner, "hidden"), await say(owner, "hidden, too"), await say(owner, "deleted"), await say(owner, "doomed")];
  for (const id of [hiddenId, doomedHiddenId]) await owner.expectOk(owner.api.post(`/api/comments/${id}/hide`));
  await owner.expectOk(owner.api.delete(`/api/comments/${deletedId}`));
  await owner.expectOk(owner.api.post(`/api/users/${restricted.id}/restrict`));
  return { commentId, hiddenId, doomedHiddenId, deletedId, doomedCommentId, pendingId: await say(restricted, "pending") };
}

/** What is one's own alone; some of it there to be deleted. */
async function keep(owner: Person, marker: string) {
  const made = async (path: string, data: object) => (await owner.expectOk(owner.api.post(path, { data }))).id as string;
  const [archived, deleted, doomed] = [await owner.post("Put away"), await owner.post(`${marker} deleted`), await owner.post("Doomed")];
  await owner.expectOk(owner.api.patch(`/api/posts/${archived.id}`, { data: { is_archived: true } }));
  await owner.expectOk(owner.api.delete(`/api/posts/${deleted.id}`));
  const scheduled = await owner.schedule(`${marker} later`, new Date(Date.now() + 3_600_000));
  const draft = (caption: string) => made("/api/drafts", { content: { media: [], caption } });
  await owner.expectOk(owner.api.post("/api/auth/login", { data: { login: owner.username, password: PASSWORD } }));
  const { devices } = await owner.expectOk(owner.api.get("/api/me/devices"));
  return {
    archivedId: archived.id, deletedPostId: deleted.id, doomedPostId: doomed.id, scheduledId: scheduled.id, draftId: await draft(`${marker} draft`), doomedDraftId: await draft("Doomed"),
    circleId: await made("/api/circles", { name: "Harbour" }), doomedCircleId: await made("/api/circles", { name: "Doomed" }), wordId: await made("/api/me/hidden-words", { phrase: "Doomed", scopes: ["comments"] }),
    deviceId: devices.find((device: { is_current: boolean }) => !device.is_current).id as string,
  };
}

/** Groups of the owner with the follower; the requester was in them and was removed. */
async function converse(owner: Person, follower: Person, former: Person, marker: string) {
  const make = async () => {
    const { id } = await owner.expectOk(owner.api.post("/api/direct", { data: { user_ids: [follower.id, former.id], name: "Harbour" } }));
    for (const one of [follower, former]) await one.expectOk(one.api.post(`/api/direct/${id}/accept`));
    return id as string;
  };
  const [threadId, doomedThreadId, openThreadId] = [await make(), await make(), await make()];
  const { id: messageId } = await owner.expectOk(owner.api.post(`/api/direct/${threadId}/messages`, { data: { client_id: crypto.randomUUID(), text: `${marker} message` } }));
  for (const id of [threadId, doomedThreadId]) expect((await owner.api.delete(`/api/direct/${id}/members/${former.id}`)).status()).toBe(204);
  const { token } = await owner.expectOk(owner.api.post(`/api/direct/${openThreadId}/invite`));
  return { threadId, doomedThreadId, messageId: messageId as string, inviteToken: token as string, formerId: former.id };
}

/** A collection that is shared, one to which somebody is asked, and who is blocked was in before. */
async function collect(owner: Person, { follower, requester, blocked }: Record<"follower" | "requester" | "blocked", Person>, postId: string) {
  const make = async (name: string) => (await owner.expectOk(owner.api.post("/api/collections", { data: { name, post_id: postId } }))).id as string;
  const [shelfId, doomedShelfId] = [await make("Harbour"), await make("Doomed")];
  for (const id of [shelfId, doomedShelfId]) {
    for (const one of [follower, requester, blocked]) await owner.expectOk(owner.api.put(`/api/collections/${id}/members/${one.id}`));
    for (const one of [follower, blocked]) await one.expectOk(one.api.post(`/api/collections/${id}/join`));
  }
  return { shelfId, doomedShelfId };
}
