import { randomUUID } from "node:crypto";
import { type Account, Client, type Front, pick, type Reply } from "../chaos/client";
import type { Facts } from "./facts";
import { holdPage, Walk } from "./pages";
import type { Record } from "./record";

/** Reads for each write. */
const READS = 50;
/** Pages that one reads of a feed at most. */
const PAGES = 5;

/** What people of one soak share. */
export type World = { facts: Facts; record: Record; front: Front };

/** Somebody who reads much and writes little, and holds each page to what was accepted by then. */
export class Person extends Client {
  /** Accepted comments by idempotency key. */
  readonly comments = new Map<string, string>();
  readonly deleted = new Set<string>();
  /** At most one at a time. */
  blocked: Person | null = null;
  private walk: { feed: Walk; pages: number } | null = null;

  constructor(private readonly world: World, account: Account) {
    super(world.front, account);
  }

  /** Posts twice, follows a third of the others, and is private as every sixth is. */
  async settleIn(everybody: readonly Person[]): Promise<void> {
    for (let i = 0; i < 2; i++) await this.post();
    if (everybody.indexOf(this) % 6 === 0) await this.setPrivate(true);
    for (const other of everybody) if (other !== this && Math.random() < 0.33) await this.follow(other, true);
  }

  /** One read or write. */
  async act(everybody: readonly Person[]): Promise<void> {
    const other = pick(everybody.filter((person) => person !== this));
    if (Math.random() * (READS + 1) < 1) return this.write(other);
    const dice = Math.random();
    if (dice < 0.55) await this.readFeed();
    else if (dice < 0.7) await this.readProfile(other);
    else if (dice < 0.85) await this.readPost(other);
    else if (dice < 0.93) await this.readExplore();
    else await this.ask("/api/notifications");
  }

  private async write(other: Person): Promise<void> {
    const dice = Math.random();
    if (dice < 0.16) await this.post();
    else if (dice < 0.42) await this.like(other, Math.random() < 0.7);
    else if (dice < 0.62) await this.follow(other, Math.random() < 0.6);
    else if (dice < 0.78) await this.comment(other);
    else if (dice < 0.86) await this.setBlock(other);
    else if (dice < 0.94) await this.deletePost();
    else await this.setPrivate(Math.random() < 0.5);
  }

  private async readFeed(): Promise<void> {
    const { facts } = this.world;
    if (this.walk?.feed.cursor == null || this.walk.pages >= PAGES || Math.random() < 0.3) this.walk = { feed: new Walk(facts, this.id), pages: 0 };
    const { feed } = this.walk;
    const asked = Date.now();
    const { status, body } = await this.ask(`/api/feed?limit=20${feed.cursor ? `&cursor=${encodeURIComponent(feed.cursor)}` : ""}`);
    if (status !== 200) return this.expect(status, [], "the feed");
    this.walk.pages++;
    feed.hold(asked, body);
  }

  private async readProfile(other: Person): Promise<void> {
    const asked = Date.now();
    const { status, body } = await this.ask(`/api/users/${other.id}/posts`);
    if (status === 200) holdPage(this.world.facts, { viewer: this.id, where: "the profile", asked, posts: body.posts });
    else this.expect(status, [404], `the profile of ${other.id}`);
    this.holdAnswer(status, other, asked, `the profile of ${other.id}`);
  }

  private async readPost(author: Person): Promise<void> {
    const { facts } = this.world;
    const post = pick([...author.posts.values(), ...author.deleted]);
    if (!post) return;
    const asked = Date.now();
    const { status } = await this.ask(`/api/posts/${post}`);
    this.expect(status, [200, 404], `the post ${post}`);
    const isGone = facts.isGone(post).surely(asked);
    if (isGone && status === 200) facts.wrong(`${this.id} was shown the deleted post ${post}`);
    if (isGone === false && facts.isPublished(post).surely(asked)) this.holdAnswer(status, author, asked, `the post ${post} of ${author.id}`);
  }

  private async readExplore(): Promise<void> {
    const asked = Date.now();
    const { status, body } = await this.ask("/api/explore");
    if (status === 200) holdPage(this.world.facts, { viewer: this.id, where: "explore", asked, posts: body.posts });
    else this.expect(status, [], "explore");
  }

  /** Whether it is there has to be as the two people stand to each other. */
  private holdAnswer(status: number, author: Person, asked: number, what: string): void {
    const maySee = this.world.facts.maySee(this.id, author.id, asked);
    if (status === 200 && maySee === false) this.world.facts.wrong(`${this.id} was shown ${what}, whom they may not see`);
    if (status === 404 && maySee === true) this.world.facts.wrong(`${this.id} was told that ${what} is not there`);
  }

  /** Errors are counted; other answers must be among those that make sense. */
  private expect(status: number, good: readonly number[], what: string): void {
    if (status !== 0 && status < 500 && !good.includes(status)) this.world.facts.wrong(`${what} answered ${status} to ${this.id}`);
  }

  protected override async post(): Promise<string> {
    const { facts } = this.world;
    const id = await super.post();
    facts.posts.set(id, this.id);
    facts.isAccepted(id).learn(true);
    return id;
  }

  protected override async follow(other: Person, following: boolean): Promise<void> {
    const fact = this.world.facts.follows(this.id, other.id);
    await this.world.facts.inTurn([this.id, other.id], async () => {
      fact.begin();
      const { status, body } = await this.insist(`/api/users/${other.id}/follow`, () => ({ method: following ? "POST" : "DELETE" }));
      this.expect(status, [200, 404], "a follow");
      const isFollowing = status === 200 && (body.requested ? await other.letIn(this) : body.following);
      fact.end(isFollowing);
      this.follows.set(other.id, isFollowing);
    });
  }

  private async letIn(other: Person): Promise<boolean> {
    const { status } = await this.insist(`/api/follow-requests/${other.id}/accept`, () => ({ method: "POST" }));
    if (status !== 200) this.world.facts.wrong(`the request of ${other.id} was accepted with ${status}`);
    return status === 200;
  }

  /** Blocks somebody, or takes that back if somebody is blocked. */
  private async setBlock(other: Person): Promise<void> {
    const { facts } = this.world;
    const [blocked, blocking] = [this.blocked ?? other, this.blocked === null];
    const follows = blocking ? [facts.follows(this.id, blocked.id), facts.follows(blocked.id, this.id)] : [];
    await facts.inTurn([this.id, blocked.id], async () => {
      const changing = [facts.blocks(this.id, blocked.id), ...follows];
      for (const fact of changing) fact.begin();
      const body = JSON.stringify({ and_new_accounts: false });
      const { status } = await this.insist(`/api/users/${blocked.id}/block`, () => (blocking ? { method: "POST", body, headers: { "content-type": "application/json" } } : { method: "DELETE" }));
      // Whoever blocks one is not there for one, and cannot be blocked.
      const isBlocked = facts.blocks(blocked.id, this.id).surely(Infinity) === true;
      if (status !== (isBlocked && blocking ? 404 : 200)) facts.wrong(`a block answered ${status}`);
      const holds = blocking && status === 200;
      changing[0]!.end(holds);
      for (const fact of follows) fact.end(false);
      if (holds) for (const [one, two] of [[this, blocked], [blocked, this]] as const) one.follows.set(two.id, false);
      this.blocked = holds ? blocked : null;
    });
  }

  private async setPrivate(isPrivate: boolean): Promise<void> {
    const { facts } = this.world;
    await facts.inTurn([this.id], async () => {
      facts.isPrivate(this.id).begin();
      const { status } = await this.insist("/api/me", () => ({ method: "PATCH", body: JSON.stringify({ is_private: isPrivate }), headers: { "content-type": "application/json" } }));
      if (status !== 200) facts.wrong(`going ${isPrivate ? "private" : "public"} answered ${status}`);
      facts.isPrivate(this.id).end(isPrivate);
    });
  }

  private async comment(author: Person): Promise<void> {
    const post = pick([...author.posts.values()]);
    if (!post) return;
    const key = randomUUID();
    const { status, body } = await this.insist(`/api/posts/${post}/comments`, () => ({ method: "POST", body: JSON.stringify({ content: `Well seen ${key}` }), headers: { "content-type": "application/json", "idempotency-key": key } }));
    if (status === 201) this.comments.set(key, body.id);
    else this.expect(status, [404], "a comment");
  }

  private async deletePost(): Promise<void> {
    const [key, id] = pick([...this.posts]) ?? [];
    if (!key || !id) return;
    const gone = this.world.facts.isGone(id);
    gone.begin();
    const { status } = await this.insist(`/api/posts/${id}`, () => ({ method: "DELETE" }));
    // Repeated, it is not there any more.
    this.expect(status, [204, 404], "a deletion");
    this.posts.delete(key);
    this.deleted.add(id);
    gone.end(true);
  }

  protected override isBroken(path: string, { status, body }: Reply): void {
    this.world.facts.wrong(`${path} answered ${status}: ${JSON.stringify(body)}`);
  }

  protected override async ask(path: string, request: RequestInit = {}): Promise<Reply> {
    const began = Date.now();
    const reply = await super.ask(path, request);
    const kind = `${request.method ?? "GET"} ${path.replaceAll(/\d{6,}/g, ":id").replace(/limit=\d+&?/, "").replace(/cursor=.*/, "cursor").replace(/\?$/, "")}`;
    this.world.record.add(kind, began, reply.status);
    if (reply.status >= 500 && reply.status !== 503 && request.method === undefined) this.isBroken(path, reply);
    return reply;
  }
}
