/** Parts of a trial server by a piece of their command lines. */
const PARTS = { app: "dist/serve.mjs", worker: "dist/worker.mjs", Redis: "redis-server", Postgres: "bin/postgres -D" } as const;

let serial = 0;

/** Signals the processes of a part; the process that started us knows them. Returns how many there were. */
export function signalPart(part: keyof typeof PARTS, signal: NodeJS.Signals): Promise<number> {
  const id = serial++;
  return new Promise((resolve) => {
    const heard = (message: unknown) => {
      const answer = message as { id: number; count: number };
      if (answer.id !== id) return;
      process.off("message", heard);
      resolve(answer.count);
    };
    process.on("message", heard);
    process.send!({ part: PARTS[part], signal, id });
  });
}
