import { appendFileSync, chownSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import postgres from "postgres";
import { servant } from "../../scripts/lib/places.mjs";
import { openPostgres } from "../../scripts/lib/postgres.mjs";
import { end } from "../../scripts/lib/process.mjs";
import type { Running } from "../../scripts/lib/service.d.mts";

/** `files`: the folder of its cluster. */
type Primary = { port: number; password: string; files: string };

/**
 * A streaming replica of an embedded Postgres that runs, whose lag one can choose; not started yet. It is a copy of the primary's files, as there is no
 * pg_basebackup here.
 */
export async function openReplicaOf({ port: primaryPort, password, files }: Primary, { dir, port, settings }: { dir: string; port: number; settings: Record<string, string> }) {
  mkdirSync(dir, { recursive: true, mode: 0o755 });
  const own = join(dir, "postgres");
  const root = (at: number) => postgres({ host: "127.0.0.1", port: at, user: "postgres", password, database: "postgres", max: 1, onnotice: () => {} });
  appendFileSync(join(files, "pg_hba.conf"), "host replication all 127.0.0.1/32 scram-sha-256\n");
  await copyFiles(root(primaryPort), files, own);
  writeFileSync(join(own, "standby.signal"), "");
  appendFileSync(join(own, "postgresql.auto.conf"), `primary_conninfo = 'host=127.0.0.1 port=${primaryPort} user=postgres password=${password}'\n`);
  if (servant.uid) chownAll(own);
  const service = await openPostgres({ dir, log: join(dir, "postgres.log"), port, password, settings: { ...settings, hot_standby: "on", wal_receiver_status_interval: "1s", wal_retrieve_retry_interval: "100ms" } });
  let running: Running | null = null;

  const onReplica = async <T>(work: (sql: postgres.Sql) => Promise<T>): Promise<T> => {
    const sql = root(port);
    return work(sql).finally(() => sql.end());
  };
  return {
    replicaUrl: service.url,
    async startReplica() {
      running = await service.start();
      for (let tries = 0; ; tries++) {
        if (await onReplica((sql) => sql`select 1`).then(() => true, () => false)) return;
        if (tries > 200) throw new Error("the replica did not come up");
        await pause(50);
      }
    },
    /** Nothing that is written from now on is seen on the replica until `resume`. */
    pause: () => onReplica((sql) => sql`select pg_wal_replay_pause()`),
    resume: () => onReplica((sql) => sql`select pg_wal_replay_resume()`),
    /** What is written is seen so much later. */
    delay: (ms: number) => onReplica(async (sql) => {
      await sql.unsafe(`alter system set recovery_min_apply_delay = '${ms}ms'`);
      await sql`select pg_reload_conf()`;
    }),
    /** Stops answering without closing anything. */
    freeze: () => {
      const server = running!.pid!;
      for (const pid of [server, ...childrenOf(server)]) process.kill(pid, "SIGSTOP");
    },
    async killReplica() {
      if (!running) return;
      const children = childrenOf(running.pid!);
      await end(running as never, "SIGQUIT", 500);
      for (const pid of children) endStopped(pid);
      running = null;
    },
    async end() {
      if (running) await end(running as never, "SIGQUIT", 2_000);
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** Those that were stopped do not see that their server is gone. */
function endStopped(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {} // it has ended already
}

/** Each connection is a process of its own. */
function childrenOf(parent: number): number[] {
  return readdirSync("/proc").filter((name) => /^\d+$/.test(name)).map(Number).filter((pid) => {
    try {
      return Number(/\) \S (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, "utf8"))?.[1]) === parent;
    } catch {
      return false; // it has ended
    }
  });
}

async function copyFiles(sql: postgres.Sql, from: string, to: string): Promise<void> {
  // What is written until the replica asks for it must still be there then, and so must what is written while it is away.
  await sql.unsafe("alter system set wal_keep_size = '256MB'");
  await sql`select pg_reload_conf()`;
  await sql`select pg_backup_start('copy', true)`;
  cpSync(from, to, { recursive: true, preserveTimestamps: true, filter: (path) => !/postmaster\.(pid|opts)$|pg_replslot\/.|pg_wal\/(?!archive_status).*[0-9A-F]{24}$|pgsql_tmp/.test(path) });
  const [label] = await sql<{ labelfile: string; spcmapfile: string }[]>`select labelfile, spcmapfile from pg_backup_stop(false)`;
  writeFileSync(join(to, "backup_label"), label!.labelfile);
  await sql.end();
}

function chownAll(dir: string): void {
  const { uid, gid } = servant as Required<typeof servant>;
  for (const entry of [".", ...readdirSync(dir, { recursive: true, encoding: "utf8" })]) chownSync(join(dir, entry), uid, gid);
}
