/**
 * Seeded randomness for generated photographs: the same seed gives the same picture on every machine.
 * sfc32 behind an xmur3 string hash; both are public-domain generators by Chris Doty-Humphrey and bryc.
 */
export interface Random {
  /** The next number in [0, 1). */
  next(): number;
  range(low: number, high: number): number;
  /** A whole number from low to high, both included. */
  int(low: number, high: number): number;
  pick<T>(choices: readonly T[]): T;
  chance(probability: number): boolean;
  /** Standard normal deviate. */
  normal(): number;
  /** An independent stream that depends on this stream's seed and the label only. */
  fork(label: string | number): Random;
}

function hash(text: string): () => number {
  let h = 1779033703 ^ text.length;
  for (let i = 0; i < text.length; i++) {
    h = Math.imul(h ^ text.charCodeAt(i), 3432918353);
    h = (h << 13) | (h >>> 19);
  }
  return () => {
    h = Math.imul(h ^ (h >>> 16), 2246822507);
    h = Math.imul(h ^ (h >>> 13), 3266489909);
    h ^= h >>> 16;
    return h >>> 0;
  };
}

function sfc32(a: number, b: number, c: number, d: number): () => number {
  return () => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return (t >>> 0) / 4294967296;
  };
}

/** Makes a stream from a seed. */
export function createRandom(seed: string | number): Random {
  const name = String(seed);
  const word = hash(name);
  const next = sfc32(word(), word(), word(), word());
  for (let i = 0; i < 12; i++) next();
  return {
    next,
    range: (low, high) => low + (high - low) * next(),
    int: (low, high) => low + Math.floor(next() * (high - low + 1)),
    pick: <T>(choices: readonly T[]) => choices[Math.floor(next() * choices.length)] as T,
    chance: (probability) => next() < probability,
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    fork: (label) => createRandom(`${name}/${label}`),
  };
}
