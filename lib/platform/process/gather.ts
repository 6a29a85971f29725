import { Heat } from "./heat";

type Waiting<Ask, Answer> = { ask: Ask; resolve: (answer: Answer) => void; reject: (error: unknown) => void };

type Options<Ask, Answer> = {
  /** What concerns the same subject (a post) and may be asked together. */
  subjectOf: (ask: Ask) => string;
  /** Two of the same person must not be in one asking; the later waits for the next. */
  personOf: (ask: Ask) => string;
  /** One asking for all of them; answers in the same order, an error as a rejected promise of its own. */
  together: (asks: Ask[], isHot: boolean) => Promise<Answer[]>;
  /** Asked together at most. */
  atMost: number;
  /** A subject of more than so many in a second is hot, even when each finds nobody before it. */
  hotPerSecond: number;
};

/**
 * Asks at once what comes alone, and together what comes while the last asking for the same subject is under way: the more arrive, the more
 * share one statement, and nobody waits for company. A failed asking of many is repeated one by one, so that each gets an answer of its own.
 */
export function gatherer<Ask, Answer>(options: Options<Ask, Answer>): (ask: Ask) => Promise<Answer> {
  const lanes = new Map<string, Waiting<Ask, Answer>[]>();
  const heat = new Heat(options.hotPerSecond);

  async function serve(subject: string, lane: Waiting<Ask, Answer>[]): Promise<void> {
    while (lane.length > 0) await askFor(takeFrom(lane, options), heat.isHot(subject));
    lanes.delete(subject);
  }

  async function askFor(some: Waiting<Ask, Answer>[], isHot: boolean): Promise<void> {
    try {
      const answers = await options.together(some.map(({ ask }) => ask), isHot);
      some.forEach((one, i) => one.resolve(answers[i]!));
    } catch (error) {
      if (some.length === 1) return some[0]!.reject(error);
      for (const one of some) await askFor([one], isHot);
    }
  }

  return (ask) => new Promise((resolve, reject) => {
    const subject = options.subjectOf(ask);
    heat.add(subject);
    const waiting = { ask, resolve, reject };
    const lane = lanes.get(subject);
    if (lane) return void lane.push(waiting);
    const opened = [waiting];
    lanes.set(subject, opened);
    void serve(subject, opened);
  });
}

/** The next ones of different people, in their order. */
function takeFrom<Ask, Answer>(lane: Waiting<Ask, Answer>[], { personOf, atMost }: Options<Ask, Answer>): Waiting<Ask, Answer>[] {
  const people = new Set<string>();
  const left: Waiting<Ask, Answer>[] = [];
  const taken: Waiting<Ask, Answer>[] = [];
  for (const one of lane.splice(0)) {
    const person = personOf(one.ask);
    if (taken.length < atMost && !people.has(person)) taken.push(one);
    else left.push(one);
    people.add(person);
  }
  lane.push(...left);
  return taken;
}
