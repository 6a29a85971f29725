type Waiting = { place: number; go: () => void };

/** After each turn, so that what else there is to do comes in between: 64 KB each are some 50 MB a second, more than a line of a home brings. */
const PAUSE_MS = 1;

const waiting: Waiting[] = [];
let places = 0;

/**
 * A place in the line of all bytes that come in. The function that it gives resolves when it is its caller's turn: one turn at a time, and
 * of those that wait, whoever took a place first. Many uploads at once would else have all their bytes checked in one round of the
 * event loop while the answers to everybody else wait; and were each given a turn after the other, all would be done in the same moment.
 */
export function placeInLine(): () => Promise<void> {
  const place = places++;
  return () =>
    new Promise((go) => {
      if (waiting.push({ place, go }) === 1) setTimeout(next, PAUSE_MS);
    });
}

function next(): void {
  const first = waiting.reduce((found, each) => (each.place < found.place ? each : found));
  waiting.splice(waiting.indexOf(first), 1);
  first.go();
  if (waiting.length > 0) setTimeout(next, PAUSE_MS);
}
