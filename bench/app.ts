import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { freePort } from "../scripts/lib/ports.mjs";

export type App = { url: string; pid: number; stop: () => Promise<void> };

/** One more app process beside the supervised one, on a port of its own (a free one when none is named): a fresh one, or one that knows of no Redis. */
export async function startApp({ withRedis, port: wanted }: { withRedis: boolean; port?: number }): Promise<App> {
  const port = String(wanted ?? (await freePort()));
  const env: NodeJS.ProcessEnv = { ...process.env, DATABASE_URL: process.env.APP_DATABASE_URL, PORT: port, HOST: "127.0.0.1", APP_URL: `http://127.0.0.1:${port}` };
  if (!withRedis) for (const name of ["REDIS_URL", "UPSTASH_REDIS_REST_URL"]) delete env[name];
  const child: ChildProcess = spawn(process.execPath, [resolve("dist/serve.mjs")], { env, stdio: ["ignore", "ignore", "inherit", "ipc"] });
  const [said] = (await once(child, "message")) as [unknown];
  if (said !== "ready") throw new Error(`Another app process did not start: ${JSON.stringify(said)}`);
  return {
    url: `http://127.0.0.1:${port}`,
    pid: child.pid!,
    stop: async () => {
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      await ended;
    },
  };
}
