import { randomUUID } from "node:crypto";
import sharp from "sharp";

export const pick = <T>(from: readonly T[]) => from[Math.floor(Math.random() * from.length)]!;
/** Only what is read of answers. */
export type Answer = { id: string; following: boolean; requested: boolean; posts: { id: string; user_id: string; status: string }[]; pagination: { next_cursor: string | null } };
/** `status` is 0 where there was no answer. */
export type Reply = { status: number; body: Answer };
/** Of which server to ask next, as a balancer decides it. */
export type Front = { pick: () => string; failed: (server: string) => void };
export type Account = { id: string; username: string; token: string };

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

export async function signUp(server: string, i: number): Promise<Account> {
  const username = `chaos${i}x${Date.now().toString(36)}`;
  const answer = await fetch(`${server}/api/auth/register`, {
    method: "POST", headers: { "content-type": "application/json" },
    body: JSON.stringify({ username, email: `${username}@example.org`, password: "quiet-harbour-lantern-42" }),
  });
  if (answer.status !== 201) throw new Error(`${username} could not register: ${await answer.text()}`);
  const { user, token } = await answer.json();
  return { id: user.id, username, token };
}

/**
 * One person who acts through the API and, like a good client, repeats what was not answered until it is. It remembers
 * what was accepted: that is what the server is held to.
 */
export class Client {
  /** Accepted posts by idempotency key. */
  readonly posts = new Map<string, string>();
  /** Last accepted wish for each post and person. */
  readonly likes = new Map<string, boolean>();
  readonly follows = new Map<string, boolean>();
  retries = 0;
  acted = 0;

  readonly id: string;
  readonly username: string;

  constructor(private readonly front: Front, private readonly account: Account) {
    this.id = account.id;
    this.username = account.username;
  }

  async live(everybody: readonly Client[], until: number): Promise<void> {
    const others = everybody.filter((other) => other !== this);
    while (Date.now() < until) {
      const dice = Math.random();
      if (dice < 0.12) await this.post();
      else if (dice < 0.4) await this.follow(pick(others), Math.random() < 0.75);
      else await this.like(pick(everybody), Math.random() < 0.7);
      await pause(Math.random() * 150);
    }
  }

  protected async post(): Promise<string> {
    const key = randomUUID();
    const body = await sharp({ create: { width: 320, height: 240, channels: 3, background: { r: Math.random() * 255, g: 120, b: 90 } } }).jpeg().toBuffer();
    const answer = await this.insist("/api/posts", () => {
      const form = new FormData();
      form.append("image", new File([new Uint8Array(body)], "photo.jpg", { type: "image/jpeg" }));
      form.append("caption", `By ${this.username} #chaos ${key}`);
      return { method: "POST", body: form, headers: { "idempotency-key": key } };
    });
    if (answer.status !== 201) throw new Error(`A post was answered with ${answer.status}: ${JSON.stringify(answer.body)}`);
    this.posts.set(key, answer.body.id);
    return answer.body.id;
  }

  protected async follow(other: Client, following: boolean) {
    const { status } = await this.insist(`/api/users/${other.id}/follow`, () => ({ method: following ? "POST" : "DELETE" }));
    if (status === 200) this.follows.set(other.id, following);
    this.acted++;
  }

  protected async like(author: Client, liked: boolean) {
    const post = pick([...author.posts.values()]);
    if (!post) return;
    // Not there yet for others until its photos are ready.
    const { status } = await this.insist(`/api/posts/${post}/like`, () => ({ method: liked ? "POST" : "DELETE" }));
    if (status === 200) this.likes.set(post, liked);
    else if (status !== 404) throw new Error(`A like was answered with ${status}`);
    this.acted++;
  }

  /** Repeats until there is an answer that is not "try again". */
  protected async insist(path: string, request: () => RequestInit): Promise<Reply> {
    for (let attempt = 1; attempt <= 200; attempt++) {
      const reply = await this.ask(path, request());
      if (reply.status >= 500 && reply.status !== 503) this.isBroken(path, reply);
      else if (![0, 429, 503].includes(reply.status)) return reply;
      this.retries++;
      await pause(100 + Math.random() * 300);
    }
    throw new Error(`${path} was never answered.`);
  }

  /** A 5xx other than 503 is a broken promise. */
  protected isBroken(path: string, { status, body }: Reply): void {
    throw new Error(`${path} answered ${status}: ${JSON.stringify(body)}`);
  }

  /** Once. */
  protected async ask(path: string, { headers, ...rest }: RequestInit = {}): Promise<Reply> {
    const server = this.front.pick();
    try {
      const answer = await fetch(`${server}${path}`, { ...rest, headers: { ...headers, authorization: `Bearer ${this.account.token}` }, signal: AbortSignal.timeout(20_000) });
      const text = await answer.text();
      return { status: answer.status, body: answer.headers.get("content-type")?.includes("json") ? JSON.parse(text) : null };
    } catch {
      this.front.failed(server);
      return { status: 0, body: null as never };
    }
  }

  /** The whole home feed, page by page. */
  async feed(): Promise<string[]> {
    const ids: string[] = [];
    let cursor = "";
    for (;;) {
      const { body } = await this.insist(`/api/feed?limit=50${cursor}`, () => ({}));
      ids.push(...body.posts.map((post) => post.id));
      if (!body.pagination.next_cursor) return ids;
      cursor = `&cursor=${encodeURIComponent(body.pagination.next_cursor)}`;
    }
  }
}
