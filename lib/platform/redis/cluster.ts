import { setTimeout as pause } from "node:timers/promises";
import type { Requester, UpstashRequest, UpstashResponse } from "@upstash/redis";
import { RedisAwayError } from "./breaker";
import type { RespRequester } from "./resp";
import { type Command, slotOfCommand } from "./slots";
import { addressOf, Topology } from "./topology";

/** How often a command is sent on to another node, or again while its keys are between two. */
const HOPS = 5;
const TRY_AGAIN_MS = 15;

type Answer = UpstashResponse<unknown>;
type Redirect = { kind: "MOVED" | "ASK"; slot: number; address: string };

/** What a node says that does not serve the key. */
function redirectIn({ error }: Answer, askedAt: string): Redirect | null {
  const [, kind, slot, address] = /^(MOVED|ASK) (\d+) (\S+)/.exec(error ?? "") ?? [];
  return kind ? { kind: kind as Redirect["kind"], slot: Number(slot), address: addressOf(address!, askedAt) } : null;
}

/**
 * A Redis cluster behind the `@upstash/redis` client. Each node has a connection and a breaker of its own (resp.ts): one that is
 * away costs only its own keys. Commands go to the node that has their slot, pipelines are cut into one for each node, and
 * MOVED and ASK are followed.
 */
export class ClusterRequester implements Requester {
  readonly topology: Topology;

  constructor(urls: readonly string[]) {
    this.topology = new Topology(urls);
  }

  async request<T>({ path, body }: UpstashRequest): Promise<UpstashResponse<T>> {
    if (path?.[0] === "pipeline") return (await this.#pipeline(body as Command[])) as UpstashResponse<T>;
    if (path?.[0] === "multi-exec") return (await this.#transaction(body as Command[])) as UpstashResponse<T>;
    const command = body as Command;
    const slot = slotOfCommand(command);
    if (slot === null) return (await this.#everywhere(command)) as UpstashResponse<T>;
    const address = await this.topology.owner(slot);
    return (await this.#settled(command, await this.#send(address, (node) => node.request({ body: command })), address)) as UpstashResponse<T>;
  }

  /** Commands without keys ask or tell all nodes; their answer is that of the first, for numbers the sum. */
  async #everywhere(command: Command): Promise<Answer> {
    const answers = await Promise.all((await this.topology.owners()).map((address) => this.#send(address, (node) => node.request({ body: command }))));
    if (answers.length === 0) throw new RedisAwayError("no Redis node answers");
    const refused = answers.find((answer) => answer.error !== undefined);
    if (refused) return refused;
    const results = answers.map((answer) => answer.result);
    return { result: typeof results[0] === "number" ? (results as number[]).reduce((sum, n) => sum + n, 0) : results[0] };
  }

  /** All that can be done is done, also when a node is away; then it throws. */
  async #pipeline(commands: Command[]): Promise<Answer[]> {
    const byNode = new Map<string, number[]>();
    for (const [i, command] of commands.entries()) {
      const address = await this.topology.owner(slotOfCommand(command) ?? 0);
      const known = byNode.get(address);
      if (known) known.push(i);
      else byNode.set(address, [i]);
    }
    const answers: Answer[] = Array.from({ length: commands.length });
    const parts = await Promise.allSettled([...byNode].map(async ([address, places]) => {
      const part = await this.#send(address, (node) => node.request({ path: ["pipeline"], body: places.map((i) => commands[i]) })) as unknown as Answer[];
      await Promise.all(places.map(async (i, n) => (answers[i] = await this.#settled(commands[i]!, part[n]!, address))));
    }));
    for (const part of parts) if (part.status === "rejected") throw part.reason;
    return answers;
  }

  /** A transaction has its keys in one slot. While that slot is being moved it is refused, as Redis does. */
  async #transaction(commands: Command[]): Promise<Answer> {
    const slots = new Set(commands.map(slotOfCommand).filter((slot) => slot !== null));
    if (slots.size > 1) throw new TypeError("a transaction names keys of several slots");
    const address = await this.topology.owner([...slots][0] ?? 0);
    const answers = (await this.#send(address, (node) => node.request({ path: ["multi-exec"], body: commands }))) as unknown as Answer[];
    const redirect = answers.map((answer) => redirectIn(answer, address)).find((one) => one !== null);
    if (redirect?.kind === "MOVED") this.topology.learn(redirect.slot, redirect.address);
    if (redirect) throw new RedisAwayError("the keys are being moved to another Redis node");
    return answers as unknown as Answer;
  }

  /** Sends something to a node; when it is away others are asked who has its slots now. */
  async #send<T extends Answer>(address: string, work: (node: RespRequester) => Promise<T>): Promise<T> {
    try {
      return await work(this.topology.node(address));
    } catch (error) {
      this.topology.askSoon();
      throw error;
    }
  }

  /** The answer, after the command was sent on as often as it takes. */
  async #settled(command: Command, answer: Answer, askedAt: string): Promise<Answer> {
    let [last, at] = [answer, askedAt];
    for (let hop = 0; hop < HOPS; hop++) {
      const redirect = redirectIn(last, at);
      if (redirect) {
        at = redirect.address;
        if (redirect.kind === "MOVED") {
          this.topology.learn(redirect.slot, at);
          last = await this.#send(at, (node) => node.request({ body: command }));
        } else last = await this.#ask(at, command);
      } else if (last.error?.startsWith("TRYAGAIN")) {
        await pause(TRY_AGAIN_MS);
        last = await this.#send(at, (node) => node.request({ body: command }));
      } else if (/^(CLUSTERDOWN|LOADING|MASTERDOWN|READONLY)/.test(last.error ?? "")) {
        this.topology.askSoon();
        throw new RedisAwayError(last.error);
      } else return last;
    }
    throw new RedisAwayError("the keys are being moved to another Redis node");
  }

  /** To the node that is taking the slot over and has this key already. */
  async #ask(address: string, command: Command): Promise<Answer> {
    const answers = (await this.#send(address, (node) => node.request({ path: ["pipeline"], body: [["ASKING"], command] }))) as unknown as Answer[];
    return answers[1]!;
  }

  disconnect(): void {
    this.topology.disconnect();
  }
}
