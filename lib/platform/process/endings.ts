type Work = () => Promise<void>;
// Of the process, also when a bundler loads this module twice.
const holder = globalThis as typeof globalThis & { heliographEndings?: Set<Work> };

/** What is to be done before the process closes its connections: counts collected in memory, for instance. A module that a bundler loads twice has two of it. */
export function atTheEnd(work: Work): void {
  (holder.heliographEndings ??= new Set()).add(work);
}

/** Does all that was left for the end, at most for `ms`; what fails holds nothing up. */
export async function finishUp(ms = 2_000): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)));
  await Promise.race([Promise.allSettled([...(holder.heliographEndings ?? [])].map((work) => work())), late]);
  clearTimeout(timer);
}
