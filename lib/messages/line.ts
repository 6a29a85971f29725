const lines = new Map<string, Promise<unknown>>();

/**
 * Of one conversation a process writes one message at a time: many that wait for its lock would take all connections to the database from everybody else.
 * What fails holds up nobody.
 */
export function inLine<T>(threadId: string, work: () => Promise<T>): Promise<T> {
  const turn = (lines.get(threadId) ?? Promise.resolve()).then(work);
  const settled = turn.catch(() => {}).finally(() => {
    if (lines.get(threadId) === settled) lines.delete(threadId);
  });
  lines.set(threadId, settled);
  return turn;
}
