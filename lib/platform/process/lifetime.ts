/** What our long-running programs and their supervisor (scripts/lib/app-process.mjs) say to each other over IPC. */

/** Tells the supervisor that requests or jobs are being taken. */
export function tellReady(): void {
  process.send?.("ready");
}

/**
 * Ends the process with one sentence, told to the supervisor and to whoever reads the log.
 * A configuration error keeps its lines: there is one for each thing that is wrong.
 */
export function endWithTrouble(error: unknown): never {
  const trouble = sentence(error);
  process.stderr.write(`${trouble}\n`);
  process.send?.({ trouble });
  process.exit(1);
}

function sentence(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code, port } = error as NodeJS.ErrnoException & { port?: number };
  if (code === "EADDRINUSE") return `Port ${port} is taken by another program. Stop it or set PORT to another number.`;
  if (code === "ENOSPC" || code === "53100" || /No space left on device/.test(error.message)) return "The disk is full. Free some space and start again.";
  if (code === "28P01" || code === "28000") return "Postgres refuses the user or password in DATABASE_URL.";
  if (code === "3D000") return "The database named in DATABASE_URL does not exist. Create it first.";
  if (code === "ECONNREFUSED" || code === "ENOTFOUND") return `A service cannot be reached (${error.message}). Check DATABASE_URL, REDIS_URL and S3_ENDPOINT.`;
  if (error.message.startsWith("Failed query:")) return `The database refused a statement: ${(error.cause as Error | undefined)?.message ?? "it gave no reason"}.`;
  return error.message;
}

/** Resolves when the process is asked to end, or when its supervisor is gone. */
export function askedToEnd(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => resolve());
    process.on("disconnect", () => resolve());
  });
}
