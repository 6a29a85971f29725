/** Of one subject no more than so many different things are held back; the oldest are forgotten. */
const MOST_HELD = 200;

type Held<T> = Map<string, T>;

/**
 * Passes on what comes of a subject at once, and what comes within `ms` after that together when they are over. `nameOf`: of two of the same name the later
 * is enough.
 */
export class Throttle<T> {
  readonly #held = new Map<string, Held<T>>();

  constructor(
    private readonly ms: number,
    private readonly nameOf: (item: T) => string,
    private readonly pass: (items: T[], subject: string) => void,
  ) {}

  add(subject: string, item: T): void {
    const held = this.#held.get(subject);
    if (held) return this.#hold(held, item);
    this.#rest(subject);
    this.pass([item], subject);
  }

  /** Passes on what is held back now. */
  flush(): void {
    for (const [subject, held] of this.#held) {
      if (held.size > 0) this.pass([...held.values()], subject);
      held.clear();
    }
  }

  #hold(held: Held<T>, item: T): void {
    const name = this.nameOf(item);
    held.delete(name);
    held.set(name, item);
    if (held.size > MOST_HELD) held.delete(held.keys().next().value!);
  }

  #rest(subject: string): void {
    const held: Held<T> = new Map();
    this.#held.set(subject, held);
    setTimeout(() => {
      if (held.size === 0) return void this.#held.delete(subject);
      this.#rest(subject);
      this.pass([...held.values()], subject);
    }, this.ms).unref();
  }
}
