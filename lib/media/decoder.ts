import { type Input, Lane, type Results } from "./decoder-lane";
import { judgeTime, type Kind } from "./decoding-time";

export { DecoderFailedError } from "./decoder-lane";

// One set of lanes for the process, also when a bundler loads this module twice.
const holder = globalThis as typeof globalThis & { heliographDecoders?: Record<"first" | "slow" | "rest" | "asked", Lane> };
const lanes = () => (holder.heliographDecoders ??= { first: new Lane(false), slow: new Lane(true), rest: new Lane(true), asked: new Lane(true) });
const LANES = { essential: "first", avatar: "first", rest: "rest", width: "asked", source: "asked", facts: "asked" } as const;

/**
 * Derives in a child process. What a reader waits for never queues behind what may come later. Throws `MediaProblem`
 * for a file at fault and `DecoderFailedError` for what is worth another try.
 */
export async function derive<K extends Kind>(kind: K, input: Input<K>): Promise<Results[K]> {
  const { limit, isSlow } = await judgeTime(kind, input.path);
  return lanes()[isSlow && LANES[kind] === "first" ? "slow" : LANES[kind]].run(kind, input, limit);
}

/** Starts the decoder now, because a picture is on its way. */
export function warmDecoder(): void {
  void lanes().first.warm().catch(() => {});
}

/** Process ids of the running decoders. */
export function decoderPids(): number[] {
  return [lanes().first.pid, lanes().slow.pid, lanes().asked.pid, lanes().rest.pid].filter((pid) => pid !== undefined);
}
