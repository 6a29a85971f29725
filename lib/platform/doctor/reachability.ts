import { statfs } from "node:fs/promises";
import { countApplied, countWanted } from "@/db/migrate";
import { sqlClient } from "@/db/client";
import { replicaConfigured, replicaState } from "@/db/replica";
import { env, isSecure } from "@/lib/platform/env";
import { checkMailServer, mailGoesOut, sender } from "@/lib/platform/mail/transport";
import { hasKeys } from "@/lib/platform/push/keys";
import { redis } from "@/lib/platform/redis/redis";
import { replica, storage } from "@/lib/platform/storage/storage";
import type { Finding } from "./invariants";

const PATIENCE_MS = 5_000;
/** Oldest Postgres that has what the migrations use. */
const OLDEST_POSTGRES = 15;

type Probe = { name: string; advice: string; probe: () => Promise<string> };

const PROBES: Probe[] = [
  { name: "Postgres", advice: "Check DATABASE_URL and that the server runs.", probe: probePostgres },
  { name: "migrations", advice: "Run `npm start` of this version once: it migrates before it starts.", probe: probeMigrations },
  { name: "read replica", advice: "Check DATABASE_REPLICA_URL, and on the replica that it streams from the primary; until then the primary is read.", probe: probeReadReplica },
  { name: "storage", advice: "Check S3_* (bucket, keys, endpoint), or that STORAGE_DIR can be written and has room.", probe: () => storage().check().then(() => (storage().kind === "s3" ? `bucket ${env().S3_BUCKET}` : `folder ${env().STORAGE_DIR}`)) },
  { name: "second store", advice: "Check S3_REPLICA_* or STORAGE_REPLICA_DIR; until then originals have no copies.", probe: probeReplica },
  { name: "Redis", advice: "Check REDIS_URL or UPSTASH_REDIS_REST_URL and that the server runs; until then everything is only slower.", probe: probeRedis },
  { name: "mail", advice: "Check SMTP_URL (server, port, name, password) and MAIL_FROM; until then mail waits for up to a day.", probe: probeMail },
  { name: "push", advice: "Look whether the server reaches the internet by https, and at `npm run jobs`; until then notifications come on the page only.", probe: probePush },
  { name: "app", advice: "Start it with `npm start`, or check APP_URL.", probe: probeApp },
  { name: "worker", advice: "No worker takes jobs: start it with `npm start`, and look into its log.", probe: probeWorker },
  { name: "room on the disk", advice: "Free some space: uploads and the database stop when the disk is full.", probe: probeDisk },
  { name: "public address", advice: "Put a proxy with a certificate in front and set PUBLIC_URL to its https address; without it cookies travel unprotected.", probe: probeAddress },
];

/** Whether everything that is configured can be reached and used. */
export function checkReachability(): Promise<Finding[]> {
  return Promise.all(PROBES.map(async ({ name, advice, probe }) => {
    try {
      return { name, ok: true, detail: await within(PATIENCE_MS, probe()) };
    } catch (error) {
      return { name, ok: false, detail: (error as Error).message.split("\n")[0]!, advice };
    }
  }));
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => (timer = setTimeout(() => reject(new Error(`no answer within ${ms / 1000} s`)), ms)));
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

async function probePostgres(): Promise<string> {
  const began = performance.now();
  const [row] = await sqlClient()<{ version: string }[]>`select current_setting('server_version') as version`;
  const version = row!.version;
  if (Number.parseInt(version, 10) < OLDEST_POSTGRES) throw new Error(`is version ${version}, ${OLDEST_POSTGRES} or later is needed`);
  return `version ${version}, answers in ${Math.round(performance.now() - began)} ms`;
}

async function probeMigrations(): Promise<string> {
  const [applied, wanted] = [await countApplied(sqlClient()), countWanted()];
  if (applied < wanted) throw new Error(`${wanted - applied} of ${wanted} are not applied`);
  return `${applied} applied`;
}

async function probeReadReplica(): Promise<string> {
  if (!replicaConfigured()) return "none configured: the primary is read";
  const { usable, trouble, lagMs } = await replicaState();
  if (!usable) throw new Error(trouble || (Number.isFinite(lagMs) ? `is ${Math.round(lagMs / 1000)} s behind` : "lags"));
  return `at most ${Math.round(lagMs)} ms behind`;
}

async function probeReplica(): Promise<string> {
  const second = replica();
  if (!second) return "none configured: originals lie in one place only";
  await second.check();
  return second.kind === "s3" ? `bucket ${env().S3_REPLICA_BUCKET}` : `folder ${env().STORAGE_REPLICA_DIR}`;
}

async function probeRedis(): Promise<string> {
  const client = redis();
  if (!client) return "none configured: feeds come from Postgres, limits hold for each process";
  const began = performance.now();
  await client.ping();
  return `answers in ${Math.round(performance.now() - began)} ms`;
}

async function probeMail(): Promise<string> {
  if (!mailGoesOut()) return "no mail server is configured: `npm run mail` shows what would have been sent";
  await checkMailServer();
  const [row] = await sqlClient()<{ stuck: number }[]>`select count(*)::int as stuck from mails where sent_at is null and body <> '' and problem is not null and created_at > now() - interval '1 day'`;
  if (row!.stuck > 0) throw new Error(`the mail server answers, but ${row!.stuck} mails of today could not be sent (\`npm run mail\` shows why)`);
  return `sent as ${sender()}`;
}

/** Keys are there, and not most of what was sent of late went wrong. */
async function probePush(): Promise<string> {
  if (!(await hasKeys())) throw new Error("there are no keys, or none that this AUTH_SECRET opens; the app makes them when it starts");
  const [row] = await sqlClient()<{ devices: number; ok: number; failing: number; problem: string | null }[]>`
    select count(*)::int as devices, (count(*) filter (where last_ok_at > now() - interval '1 day'))::int as ok, (count(*) filter (where problem_at > now() - interval '1 day'))::int as failing,
      (array_agg(problem order by problem_at desc nulls last))[1] as problem from push_subscriptions`;
  const { devices, ok, failing, problem } = row!;
  if (failing > ok) throw new Error(`keys are there, but ${failing} of ${devices} devices could not be reached in the last day: ${problem}`);
  return `keys are there, ${devices} devices${failing > 0 ? `, ${failing} of which could not be reached in the last day: ${problem}` : ""}`;
}

async function probeApp(): Promise<string> {
  const answer = await fetch(`${env().APP_URL}/api/ready`);
  if (!answer.ok) throw new Error(`is not ready: ${await answer.text()}`);
  return `ready at ${env().APP_URL}`;
}

/** A job that is due for minutes and that nobody has taken says that nobody takes any. */
async function probeWorker(): Promise<string> {
  const [row] = await sqlClient()<{ waiting: number; oldest: number | null; failed: number }[]>`
    select count(*) filter (where state < 'active' and start_after < now())::int as waiting,
      extract(epoch from now() - min(start_after) filter (where state < 'active' and start_after < now()))::int as oldest,
      count(*) filter (where state = 'failed')::int as failed
    from pgboss.job where name not like '\\_\\_%'`;
  const { waiting, oldest, failed } = row!;
  if ((oldest ?? 0) > 300) throw new Error(`${waiting} jobs are due, the oldest for ${Math.round(oldest! / 60)} minutes`);
  return `${waiting} jobs are due, ${failed} have failed for good${failed ? " (`npm run jobs` shows them)" : ""}`;
}

async function probeDisk(): Promise<string> {
  const disk = await statfs(env().DATA_DIR).catch(() => statfs("."));
  const free = (disk.bavail * disk.bsize) / 1e9;
  if (free < 1) throw new Error(`only ${free.toFixed(1)} GB are free`);
  return `${free.toFixed(1)} GB free`;
}

async function probeAddress(): Promise<string> {
  const { hostname } = new URL(env().PUBLIC_URL);
  const local = /^(localhost|127\.|\[?::1|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)/.test(hostname) || hostname.endsWith(".local");
  if (!isSecure() && !local) throw new Error(`${env().PUBLIC_URL} is not https`);
  return `${env().PUBLIC_URL}${isSecure() ? "" : " (this machine or network only)"}`;
}
