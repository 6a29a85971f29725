const waiting: (() => void)[] = [];

/**
 * Resolves when it is the caller's turn: one caller each round of the event loop, in the order in which they asked. Many uploads at once
 * would else have all their bytes checked in one round, while the answers to everybody else wait.
 */
export function myTurn(): Promise<void> {
  return new Promise((resolve) => {
    if (waiting.push(resolve) === 1) setImmediate(next);
  });
}

function next(): void {
  waiting.shift()?.();
  if (waiting.length > 0) setImmediate(next);
}
