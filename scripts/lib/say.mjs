const terminal = process.stdout.isTTY;
const bold = (text) => (terminal ? `\x1b[1m${text}\x1b[0m` : text);
const dim = (text) => (terminal ? `\x1b[2m${text}\x1b[0m` : text);

/** Milliseconds as people say them. @param {number} ms */
export function spell(ms) {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 90_000) return `${(ms / 1000).toFixed(1)} s`;
  return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`;
}

/**
 * Runs one step, showing its name while it runs and its time when it is done.
 * `work` may return a short remark that is shown beside the time.
 * @template T @param {string} name @param {() => Promise<T> | T} work @returns {Promise<T>}
 */
export async function step(name, work) {
  const began = performance.now();
  if (terminal) process.stdout.write(`  … ${name}`);
  try {
    const result = await work();
    const remark = typeof result === "string" ? `, ${result}` : "";
    process.stdout.write(`${terminal ? "\r\x1b[K" : ""}  ✓ ${name} ${dim(`${spell(performance.now() - began)}${remark}`)}\n`);
    return result;
  } catch (error) {
    process.stdout.write(`${terminal ? "\r\x1b[K" : ""}  ✗ ${name}\n`);
    throw error;
  }
}

/** @param {string} text */
export function note(text) {
  process.stdout.write(`${terminal ? "\r\x1b[K" : ""}  ${text}\n`);
}

/** @param {string} text */
export function title(text) {
  process.stdout.write(`\n${bold(text)}\n`);
}
