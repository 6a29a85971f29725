import fs from "node:fs";
import path from "node:path";

const LIMIT = 50e6;

/** Keeps each log under 50 MB with one older copy, now and every ten minutes. @param {string} folder */
export function keepLogsShort(folder) {
  const shorten = () => {
    if (!fs.existsSync(folder)) return;
    for (const name of fs.readdirSync(folder).filter((file) => file.endsWith(".log"))) {
      const file = path.join(folder, name);
      if (fs.statSync(file).size < LIMIT) continue;
      // Copied and emptied, not renamed: the programs keep the file open, in append mode.
      fs.copyFileSync(file, `${file}.1`);
      fs.truncateSync(file);
    }
  };
  shorten();
  setInterval(shorten, 600_000).unref();
}
