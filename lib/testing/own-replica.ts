import { appendFileSync, chownSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import postgres from "postgres";
import { servant } from "../../scripts/lib/places.mjs";
import { freePort } from "../../scripts/lib/ports.mjs";
import { openPostgres } from "../../scripts/lib/postgres.mjs";
import { end } from "../../scripts/lib/process.mjs";
import type { Running } from "../../scripts/lib/service.d.mts";

const PASSWORD = "test";
// Nothing of a test run has to survive a power cut.
const FAST = { fsync: "off", full_page_writes: "off", shared_buffers: "32MB", max_connections: "60" };

/**
 * A Postgres and a streaming replica of it, whose lag a test can choose. The replica is a copy of the primary's files, as there is no pg_basebackup here.
 */
export async function openOwnReplica(folder: string, name: string) {
  const [first, second] = [join(folder, name), join(folder, `${name}-replica`)];
  for (const dir of [first, second]) mkdirSync(dir, { recursive: true, mode: 0o755 });
  const [port, replicaPort] = [await freePort(), await freePort()];
  const primary = await openPostgres({ dir: first, log: join(folder, `${name}.log`), port, password: PASSWORD, settings: { ...FAST, wal_level: "replica", max_wal_senders: "4", wal_keep_size: "256MB" } });
  appendFileSync(join(first, "postgres/pg_hba.conf"), "host replication all 127.0.0.1/32 scram-sha-256\n");
  let running: { primary: Running; replica: Running | null } = { primary: await primary.start(), replica: null };
  await primary.prepare();

  const root = (at: number) => postgres({ host: "127.0.0.1", port: at, user: "postgres", password: PASSWORD, database: "postgres", max: 1, onnotice: () => {} });
  await copyFiles(root(port), first, second);
  writeFileSync(join(second, "postgres/standby.signal"), "");
  appendFileSync(join(second, "postgres/postgresql.auto.conf"), `primary_conninfo = 'host=127.0.0.1 port=${port} user=postgres password=${PASSWORD}'\n`);
  if (servant.uid) chownAll(join(second, "postgres"));
  const replica = await openPostgres({ dir: second, log: join(folder, `${name}-replica.log`), port: replicaPort, password: PASSWORD, settings: { ...FAST, hot_standby: "on", wal_receiver_status_interval: "1s", wal_retrieve_retry_interval: "100ms" } });

  const onReplica = async <T>(work: (sql: postgres.Sql) => Promise<T>): Promise<T> => {
    const sql = root(replicaPort);
    return work(sql).finally(() => sql.end());
  };
  return {
    url: primary.url,
    replicaUrl: `postgres://heliograph:${PASSWORD}@127.0.0.1:${replicaPort}/heliograph`,
    async startReplica() {
      running = { ...running, replica: await replica.start() };
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
      const server = running.replica!.pid!;
      for (const pid of [server, ...childrenOf(server)]) process.kill(pid, "SIGSTOP");
    },
    async killReplica() {
      if (!running.replica) return;
      const children = childrenOf(running.replica.pid!);
      await end(running.replica as never, "SIGQUIT", 500);
      for (const pid of children) endStopped(pid);
      running = { ...running, replica: null };
    },
    async end() {
      if (running.replica) await end(running.replica as never, "SIGQUIT", 2_000);
      await end(running.primary as never, "SIGQUIT", 2_000);
      for (const dir of [first, second]) rmSync(dir, { recursive: true, force: true });
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
  await sql`select pg_backup_start('copy', true)`;
  cpSync(from, to, { recursive: true, preserveTimestamps: true, filter: (path) => !/postmaster\.(pid|opts)$|pg_replslot\/.|pg_wal\/(?!archive_status).*[0-9A-F]{24}$|pgsql_tmp/.test(path) });
  const [label] = await sql<{ labelfile: string; spcmapfile: string }[]>`select labelfile, spcmapfile from pg_backup_stop(false)`;
  writeFileSync(join(to, "postgres/backup_label"), label!.labelfile);
  await sql.end();
}

function chownAll(dir: string): void {
  const { uid, gid } = servant as Required<typeof servant>;
  for (const entry of [".", ...readdirSync(dir, { recursive: true, encoding: "utf8" })]) chownSync(join(dir, entry), uid, gid);
}
