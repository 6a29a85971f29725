/**
 * xoshiro128** (Blackman and Vigna, 2018), seeded by splitmix32: fast in JavaScript, since it needs 32 bits only, and the same everywhere. Here and
 * wherever something is done a hundred million times, nothing is taken out of a list by its pattern: that makes the list.
 */
export class Random {
  private readonly s = new Uint32Array(4);

  constructor(seed: number) {
    for (let i = 0; i < 4; i++) {
      seed = (seed + 0x9e3779b9) | 0;
      this.s[i] = mix(seed);
    }
  }

  /** 32 random bits, unsigned. */
  bits(): number {
    const s = this.s;
    const a = s[0]!;
    const b = s[1]!;
    const x = Math.imul(b, 5);
    const result = Math.imul((x << 7) | (x >>> 25), 9);
    s[2]! ^= a;
    s[3]! ^= b;
    s[1]! ^= s[2]!;
    s[0]! ^= s[3]!;
    s[2]! ^= b << 9;
    const d = s[3]!;
    s[3] = (d << 11) | (d >>> 21);
    return result >>> 0;
  }

  /** 0 ≤ x < 1. */
  float(): number {
    return this.bits() / 4_294_967_296;
  }

  /** A whole number, 0 ≤ x < n. */
  below(n: number): number {
    return Math.floor((this.bits() / 4_294_967_296) * n);
  }

  /** One of the two whole numbers beside x, so that the mean is x. */
  round(x: number): number {
    return Math.floor(x + this.float());
  }

  /** Standard normal, by a table: fine enough for habits of people. */
  normal(): number {
    return NORMAL[this.bits() >>> 19]!;
  }
}

/** The last step of murmur3: every bit of the input moves half of those of the output. */
export function mix(x: number): number {
  x = Math.imul(x ^ (x >>> 16), 0x21f0aaad);
  x = Math.imul(x ^ (x >>> 15), 0x735a2d97);
  return (x ^ (x >>> 15)) >>> 0;
}

/** The same 0 ≤ x < 1 for the same pair, each time it is asked: what would otherwise have to be stored for each of millions of pairs. */
export function pairFloat(a: number, b: number, salt: number): number {
  return mix(mix(a + Math.imul(salt, 0x9e3779b1)) ^ Math.imul(b + 1, 0x85ebca6b)) / 4_294_967_296;
}

/** Quantiles of the normal distribution at the middles of 8,192 equal shares; Newton's method on the cumulative function. */
const NORMAL = quantiles(8_192);

function quantiles(count: number): Float64Array {
  const table = new Float64Array(count);
  // Integrates the density from the middle outwards until the next share is full.
  const step = 1 / 20_000;
  let [x, below] = [0, 0.5];
  for (let i = count / 2; i < count; i++) {
    const target = (i + 0.5) / count;
    while (below < target) {
      below += step * 0.3989422804014327 * Math.exp(-((x + step / 2) ** 2) / 2);
      x += step;
    }
    table[i] = x;
    table[count - 1 - i] = -x;
  }
  return table;
}

/** Draws 0 ≤ i < n in proportion to weights, at the same cost however many there are (Walker's alias method, after Vose 1991). */
export class Weighted {
  private readonly share: Float32Array;
  private readonly other: Int32Array;

  constructor(weights: Float32Array) {
    const n = weights.length;
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    this.share = new Float32Array(n);
    this.other = new Int32Array(n);
    const [small, large] = [new Int32Array(n), new Int32Array(n)];
    let [smalls, larges] = [0, 0];
    for (let i = 0; i < n; i++) {
      this.share[i] = (weights[i]! * n) / total;
      this.other[i] = i;
      if (this.share[i]! < 1) small[smalls++] = i;
      else large[larges++] = i;
    }
    while (smalls > 0 && larges > 0) {
      const [few, many] = [small[--smalls]!, large[larges - 1]!];
      this.other[few] = many;
      this.share[many]! -= 1 - this.share[few]!;
      if (this.share[many]! < 1) {
        larges--;
        small[smalls++] = many;
      }
    }
    while (smalls > 0) this.share[small[--smalls]!] = 1;
  }

  draw(random: Random): number {
    const i = random.below(this.share.length);
    return random.float() < this.share[i]! ? i : this.other[i]!;
  }
}
