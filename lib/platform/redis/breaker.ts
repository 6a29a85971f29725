/** Thrown instead of asking Redis while it is known to be away. */
export class RedisAwayError extends Error {
  override readonly name = "RedisAwayError";
}

/**
 * After `failures` failures in a row nothing is tried for `restMs`: a service that hangs (Redis, storage, a CDN's hook) must not cost each
 * request its timeout. Then one call at a time tries again. `away` makes the error that is thrown meanwhile.
 */
export class Breaker {
  #inARow = 0;
  #openUntil = 0;

  constructor(
    private readonly failures = 3,
    private readonly restMs = 1_500,
    private readonly away: () => Error = () => new RedisAwayError("Redis is away"),
  ) {}

  get isOpen(): boolean {
    return Date.now() < this.#openUntil;
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.isOpen) throw this.away();
    // While it is being tried again, the others keep away.
    if (this.#inARow >= this.failures) this.#openUntil = Date.now() + this.restMs;
    try {
      const result = await work();
      this.#inARow = 0;
      this.#openUntil = 0;
      return result;
    } catch (error) {
      this.#inARow += 1;
      if (this.#inARow >= this.failures) this.#openUntil = Date.now() + this.restMs;
      throw error;
    }
  }
}
