import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { failedLately, has, isDebian, unpackDebianPackage } from "./debian-package.mjs";
import { servant } from "./places.mjs";
import { answering } from "./ports.mjs";
import { endWithUs, launch, sizeOf, tail } from "./process.mjs";
import { causeIn, Trouble } from "./trouble.mjs";

/**
 * The embedded Redis of one folder, or null where none can be had: the application runs without it, only slower.
 * First a server on the PATH, else the distribution's package unpacked into `dir`.
 * @param {{dir: string, log: string, port: number, password: string, extra?: string}} options `extra`: more lines of configuration
 */
export async function openRedis({ dir, log, port, password, extra = "" }) {
  const program = await findProgram(dir);
  if (!program) return null;
  const data = path.join(dir, "redis");
  fs.mkdirSync(data, { recursive: true, mode: 0o700 });
  const config = path.join(data, "redis.conf");
  fs.writeFileSync(config, configuration(data, port, password) + extra, { mode: 0o600 });
  if (servant.uid) for (const entry of [data, config]) fs.chownSync(entry, servant.uid, servant.gid);
  return {
    name: "Redis",
    log,
    url: `redis://:${password}@127.0.0.1:${port}`,
    stopSignal: "SIGTERM",
    /** Starts the server and returns when it accepts connections. */
    async start() {
      const from = sizeOf(log);
      const server = launch({ file: program.file, args: [config], log, env: program.env, cwd: "/", ...servant });
      let gone = false;
      server.ended.then(() => (gone = true));
      const up = await answering(port, 20_000, () => gone);
      if (!up) throw new Trouble(causeIn(tail(log, from), "Redis") ?? `Redis did not start; the reason is in ${log}`);
      const watch = endWithUs(server.pid, "TERM");
      server.ended.then(watch.release);
      return server;
    },
  };
}

/** Nothing in it is the truth: no append-only file, and the least used keys go when memory is full. */
const configuration = (data, port, password) => `bind 127.0.0.1
port ${port}
requirepass ${password}
dir "${data}"
save 900 1 300 1000
appendonly no
maxmemory 256mb
zset-max-listpack-entries 1000
zset-max-listpack-value 128
maxmemory-policy allkeys-lru
daemonize no
loglevel warning
stop-writes-on-bgsave-error no
`;

async function findProgram(dir) {
  const plain = { PATH: process.env.PATH };
  for (const name of ["redis-server", "valkey-server"]) if (has(name) && works(name, plain)) return { file: name, env: plain };
  if (!isDebian()) return null;
  const into = path.join(dir, "redis-program");
  const failed = `${into}.failed`;
  if (failedLately(failed)) return null;
  const env = await unpackDebianPackage("redis-server", into);
  const file = path.join(into, "usr/bin/redis-server");
  if (env && works(file, env)) return { file, env };
  fs.writeFileSync(failed, "");
  return null;
}

const works = (file, env) => spawnSync(file, ["--version"], { env, cwd: "/", ...servant, stdio: "ignore" }).status === 0;
