import { RedisAwayError } from "./breaker";
import { RespRequester } from "./resp";
import { SLOTS } from "./slots";

/** How often the nodes are asked at most who has which slots. */
const ASK_AGAIN_MS = 250;

type Range = [number, number, ...[host: string | null, port: number, ...unknown[]][]];

/** An address as nodes give it, `host:port`; a node that leaves out the host means the one it was asked at. */
export function addressOf(text: string, askedAt: string): string {
  const at = text.lastIndexOf(":");
  const host = text.slice(0, at);
  return `${host === "" || host === "?" ? hostOf(askedAt) : host}:${text.slice(at + 1)}`;
}

const hostOf = (address: string) => address.slice(0, address.lastIndexOf(":"));

/**
 * Which node of a cluster has which slots, and a connection to each: what the nodes say when asked, kept until one of them says
 * otherwise (MOVED) or does not answer. Names and passwords come from the configured address.
 */
export class Topology {
  readonly #seeds: URL[];
  readonly #nodes = new Map<string, RespRequester>();
  #owners: (string | undefined)[] = [];
  #asking: Promise<void> | null = null;
  #askedAt = 0;

  constructor(urls: readonly string[]) {
    this.#seeds = urls.map((url) => new URL(url));
  }

  get isKnown(): boolean {
    return this.#owners.length > 0;
  }

  /** The address of the node that has the slot. Throws RedisAwayError when nobody is known to. */
  async owner(slot: number): Promise<string> {
    if (!this.isKnown) await this.ask();
    const address = this.#owners[slot];
    if (address !== undefined) return address;
    this.askSoon();
    throw new RedisAwayError(`no Redis node has slot ${slot}`);
  }

  /** The same, of what is known; undefined when nothing is. */
  knownOwner(slot: number): string | undefined {
    return this.#owners[slot];
  }

  /** The addresses of all that have slots. */
  async owners(): Promise<string[]> {
    if (!this.isKnown) await this.ask();
    return [...new Set(this.#owners)].filter((address) => address !== undefined);
  }

  /** The connection to a node; opened by its first command. */
  node(address: string): RespRequester {
    let node = this.#nodes.get(address);
    if (!node) {
      node = new RespRequester(this.urlOf(address), address);
      this.#nodes.set(address, node);
    }
    return node;
  }

  /** Where and how a node is reached. */
  urlOf(address: string): string {
    const url = new URL(this.#seeds.find((seed) => seed.host === address) ?? this.#seeds[0]!);
    url.host = address.includes("::") && !address.startsWith("[") ? `[${hostOf(address)}]:${address.slice(address.lastIndexOf(":") + 1)}` : address;
    url.pathname = "";
    return url.href;
  }

  /** A node said that another has the slot now; what else moved is asked for beside the request. */
  learn(slot: number, address: string): void {
    this.#owners[slot] = address;
    this.askSoon();
  }

  /** Asks beside what is going on; does nothing when that was just done. */
  askSoon(): void {
    if (Date.now() - this.#askedAt >= ASK_AGAIN_MS) this.ask().catch(() => {});
  }

  /** Asks the nodes, one after another until one answers, who has which slots. Throws RedisAwayError when none does. */
  ask(): Promise<void> {
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = null;
      this.#askedAt = Date.now();
    });
    return this.#asking;
  }

  async #ask(): Promise<void> {
    if (!this.isKnown && Date.now() - this.#askedAt < ASK_AGAIN_MS) throw new RedisAwayError("no Redis node answers");
    for (const address of new Set([...this.#nodes.keys(), ...this.#seeds.map((seed) => `${seed.hostname}:${seed.port || "6379"}`)])) {
      const answer = await this.node(address).request<Range[]>({ body: ["CLUSTER", "SLOTS"] }).catch(() => null);
      if (answer?.error?.includes("cluster support disabled")) throw new Error(`Redis at ${address} is not part of a cluster`);
      if (!Array.isArray(answer?.result) || answer.result.length === 0) continue;
      return this.#take(answer.result, address);
    }
    throw new RedisAwayError("no Redis node answers");
  }

  #take(ranges: Range[], askedAt: string): void {
    const owners: (string | undefined)[] = Array.from({ length: SLOTS });
    for (const [first, last, master] of ranges) if (master) owners.fill(addressOf(`${master[0] ?? ""}:${master[1]}`, askedAt), first, last + 1);
    this.#owners = owners;
    const present = new Set(owners);
    for (const [address, node] of this.#nodes) {
      if (present.has(address)) continue;
      this.#nodes.delete(address);
      node.disconnect();
    }
  }

  disconnect(): void {
    for (const node of this.#nodes.values()) node.disconnect();
    this.#nodes.clear();
    this.#owners = [];
  }
}
