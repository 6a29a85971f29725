import type { Front } from "../chaos/client";

/** A server that did not answer is asked again after this long. */
const LEFT_ALONE_MS = 1_000;

/** Two and more servers in turn, as a balancer has it: one that did not answer is left alone for a moment, unless none does. */
export function balance(servers: readonly string[]): Front {
  const failedAt = new Map<string, number>();
  let turn = 0;
  return {
    pick() {
      const alive = servers.filter((server) => Date.now() - (failedAt.get(server) ?? -Infinity) > LEFT_ALONE_MS);
      const from = alive.length > 0 ? alive : servers;
      return from[turn++ % from.length]!;
    },
    failed: (server) => void failedAt.set(server, Date.now()),
  };
}
