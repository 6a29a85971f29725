const EPOCH_MS = 1_735_689_600_000n;

/** Makes ids of given times, each once: what `id_at(time, n)` of the database gives. */
export function idMaker(): (at: Date) => string {
  // High in the low bits, where `next_id()` of a running server does not come.
  let n = 4_194_304n;
  return (at) => String(((BigInt(at.getTime()) - EPOCH_MS) << 23n) | n++);
}
