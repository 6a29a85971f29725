import { S3ServiceException } from "@aws-sdk/client-s3";
import { Breaker } from "../redis/breaker";
import { StorageUnavailableError } from "./types";

/** How long what moves no bytes may take to be answered, repetitions included. */
const ANSWER_MS = 15_000;

/** A call; one that is to be answered soon passes the signal on. */
export type Call<T> = (soon: { abortSignal: AbortSignal }) => Promise<T>;

/** Calls to one store. Its failures are told apart from its refusals; while it is away nobody waits for it. */
export class Calls {
  readonly #breaker = new Breaker(5, 1_500, () => new StorageUnavailableError("object storage is away"));

  /** `counted: false` for a stream, which may break off at its source: no fault of the store's. */
  async send<T>(call: Call<T>, { counted = true } = {}): Promise<T> {
    const answer = await (counted ? this.#breaker.run(() => attempt(call)) : attempt(call));
    if ("refused" in answer) throw answer.refused;
    return answer.value;
  }

  async orNull<T>(call: Call<T>): Promise<T | null> {
    try {
      return await this.send(call);
    } catch (error) {
      if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 404) return null;
      throw error;
    }
  }
}

/** What the store refuses is an answer; what throws is an outage. */
async function attempt<T>(call: Call<T>): Promise<{ value: T } | { refused: unknown }> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), ANSWER_MS);
  try {
    return { value: await call({ abortSignal: late.signal }) };
  } catch (error) {
    const status = error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
    if (status === 416) return { refused: new RangeError("range outside the object", { cause: error }) };
    if (status === undefined || status >= 500 || status === 429) {
      throw new StorageUnavailableError(`object storage does not answer (${status ?? (error as Error).name})`, { cause: error });
    }
    return { refused: error };
  } finally {
    // From here on the body comes, which may take its time.
    clearTimeout(timer);
  }
}
