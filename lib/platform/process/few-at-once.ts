type Options = {
  /** How many may work at once. */
  limit: number;
  /** A place that is not given back within this time is taken all the same, so that nobody holds up the others. */
  ms: number;
  /** Who finds so many waiting does not wait, and has no place to give back. */
  most: number;
};

/** A line at whose head a few may work: resolves, in the order of asking, with the function by which one's place is given back. */
export function fewAtOnce({ limit, ms, most }: Options): () => Promise<() => void> {
  const waiting: (() => void)[] = [];
  let working = 0;
  const leave = () => {
    const next = waiting.shift();
    if (next) next();
    else working--;
  };
  return async () => {
    if (waiting.length >= most) return () => {};
    if (working >= limit) await new Promise<void>((go) => waiting.push(go));
    else working++;
    let hasLeft = false;
    const leaveOnce = () => {
      clearTimeout(late);
      if (!hasLeft) leave();
      hasLeft = true;
    };
    const late = setTimeout(leaveOnce, ms);
    return leaveOnce;
  };
}
