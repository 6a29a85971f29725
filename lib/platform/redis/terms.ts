import { randomBytes } from "node:crypto";
import { RedisAwayError } from "./breaker";
import type { ClusterRequester } from "./cluster";
import { slotOf } from "./slots";

/** A stretch of time in which nothing of a group of keys was lost. `guard`: the key that says so in a cluster, beside the group. */
export type Term = { name: string; guard: string | null };

/** A script is refused under a term that is over. */
export const OVER = "TERMOVER";

const ENSURE = `local term = redis.call('GET', KEYS[1])
if term and string.sub(term, 1, #ARGV[1]) == ARGV[1] then return term end
redis.call('SET', KEYS[1], ARGV[1] .. ARGV[2])
return ARGV[1] .. ARGV[2]`;

/**
 * The terms of groups of keys (those with one hash tag) in a cluster. A key beside the group names the term: the run of the server that has
 * it, and a random part. Whoever finds the run of another server there (the slot was moved, a replica took over, the server came back from a
 * snapshot) begins a new term, for everybody at once; scripts compare before they read or write. So a group that was elsewhere, where
 * something may have been lost or left out, never comes back, not even to a server that had it before.
 */
export class Terms {
  readonly #known = new Map<string, Term>();

  constructor(private readonly cluster: ClusterRequester) {}

  /** The terms of these groups, but for those on a node that is away; what is not known is asked for. */
  async of(tags: readonly string[]): Promise<Map<string, Term>> {
    const found = new Map<string, Term>();
    const asked = tags.map(async (tag) => found.set(tag, this.#held(tag) ?? (await this.#ensure(tag))));
    await Promise.allSettled(asked);
    return found;
  }

  /** Whether the server that has the group is still the one of the term. */
  holds(tag: string, term: Term): boolean {
    return this.#held(tag)?.name === term.name;
  }

  forget(tags: readonly string[]): void {
    for (const tag of tags) this.#known.delete(tag);
  }

  #held(tag: string): Term | null {
    const [known, run] = [this.#known.get(tag), this.#run(tag)];
    return known && run !== null && known.name.startsWith(run) ? known : null;
  }

  #run(tag: string): string | null {
    const address = this.cluster.topology.knownOwner(slotOf(tag));
    return address === undefined ? null : this.cluster.topology.node(address).run;
  }

  /** Not sent on to another node: the term must be of the one that was asked. */
  async #ensure(tag: string): Promise<Term> {
    const guard = `term:{${tag}}`;
    const { topology } = this.cluster;
    const address = await topology.owner(slotOf(tag));
    const node = topology.node(address);
    const run = await node.epoch();
    const answer = await node.request<string>({ body: ["EVAL", ENSURE, 1, guard, `${run}.`, randomBytes(4).toString("hex")] });
    if (answer.error !== undefined || node.run !== run) {
      await topology.ask();
      throw new RedisAwayError(answer.error ?? "Redis was restarted in between");
    }
    const term = { name: answer.result!, guard };
    this.#known.set(tag, term);
    return term;
  }
}
