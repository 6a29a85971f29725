/** A problem with a sentence that a person can act on. Printed without a stack. */
export class Trouble extends Error {}

const BY_CODE = {
  ENOSPC: () => "The disk is full. Free some space and start again; nothing that was already saved is lost.",
  EDQUOT: () => "Your disk quota is used up. Free some space and start again.",
  EROFS: (e) => `${e.path ?? "The folder"} is on a read-only disk. Set DATA_DIR to a folder that can be written.`,
  EACCES: (e) => `No permission to use ${e.path ?? "a file"}. Run as the user who owns this folder, or set DATA_DIR to another one.`,
  EPERM: (e) => `Not allowed to change ${e.path ?? "a file"}. Run as the user who owns this folder, or set DATA_DIR to another one.`,
  EMFILE: () => "Too many files are open. Raise the limit (`ulimit -n 4096`) and start again.",
  ENOMEM: () => "There is not enough memory. Heliograph needs about 1 GB to start.",
  EADDRINUSE: (e) => `Port ${e.port} is taken by another program. Stop it, or choose another: PORT=${Number(e.port) + 1} npm start`,
  EADDRNOTAVAIL: (e) => `This machine has no address ${e.address}. Set HOST to one it has, or leave it out.`,
};

/** One readable sentence for any error. @param {unknown} error */
export function sentence(error) {
  if (error instanceof Trouble) return error.message;
  const known = BY_CODE[error?.code];
  if (known) return known(error);
  const first = String(error?.message ?? error).split("\n")[0];
  return `Something went wrong that was not foreseen: ${first}`;
}

/** Finds the cause in the last lines a program wrote before it ended. @param {string} text @param {string} name */
export function causeIn(text, name) {
  const library = /error while loading shared libraries: (\S+?):/.exec(text)?.[1];
  if (library) return `${name} cannot run because the system library ${library} is missing; install the package that brings it (on Debian or Ubuntu: apt-get install apt-file && apt-file search ${library})`;
  if (/No space left on device|ENOSPC/.test(text)) return `${name} stopped because the disk is full; free some space and start again`;
  if (/Address already in use|EADDRINUSE/.test(text)) return `${name} stopped because its port was taken by another program`;
  if (/Cannot allocate memory|out of memory|could not create shared memory/i.test(text)) return `${name} stopped because there was not enough memory`;
  if (/version .?GLIBC_\S+.? not found/.test(text)) return `${name} cannot run here because the system's C library is too old`;
  return null;
}

/** Prints the sentence and ends the process. @param {unknown} error */
export function fail(error) {
  process.stderr.write(`\n✗ ${sentence(error)}\n`);
  if (process.env.HELIOGRAPH_DEBUG && error?.stack) process.stderr.write(`${error.stack}\n`);
  process.exit(1);
}
