const terminal = process.stdout.isTTY;

/** One line to whoever started the demo, in the manner of `npm start`. */
export function say(text: string): void {
  process.stdout.write(`${terminal ? "\r\x1b[K" : ""}  ${text}\n`);
}

/** Shows how far a long work is: in place on a terminal, every tenth elsewhere. Returns what adds to it. */
export function progress(name: string, total: number): (more: number) => void {
  let done = 0, told = -1;
  return (more) => {
    done += more;
    const tenth = Math.floor((done * 10) / total);
    if (terminal) process.stdout.write(`\r\x1b[K  … ${name}: ${done} of ${total}${done === total ? "\r\x1b[K" : ""}`);
    else if (tenth > told) process.stdout.write(`  … ${name}: ${done} of ${total}\n`);
    told = tenth;
  };
}
