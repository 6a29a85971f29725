import type { PgBoss } from "pg-boss";
import { openBoss, DEAD_LETTERS, HEARTBEAT_SECONDS } from "./boss";
import type { JobDefinition } from "./define";

const DAY = 86_400;
/** An unstarted job is kept this long: a worker may be away for weeks, and nothing accepted is lost. */
const WAITING_SECONDS = 60 * DAY;
/** Dead letters wait for a person. */
const DEAD_SECONDS = 365 * DAY;

/**
 * Makes or updates the queue's schema and brings queues, subscriptions and schedules in step with the registry. What is
 * no longer in the registry hears no more events and is no longer scheduled; its stored jobs stay.
 */
export async function migrateQueue(jobs: readonly JobDefinition[], url?: string): Promise<void> {
  const boss = openBoss({ connections: 1, migrate: true, url });
  await boss.start();
  try {
    // Makes the search for lapsed leases a look at the running jobs only.
    await boss.getDb().executeSql("create index if not exists job_active on pgboss.job_common (name) where state = 'active'");
    await bringInStep(boss, jobs);
    await forgetOthers(boss, jobs);
  } finally {
    await boss.stop({ graceful: false });
  }
}

/** Adds what the registry has and the database lacks; a worker does it too, so that a new job never waits for a migration. */
export async function bringInStep(boss: PgBoss, jobs: readonly JobDefinition[]): Promise<void> {
  const known = new Map((await boss.getQueues()).map((queue) => [queue.name, queue]));
  if (!known.has(DEAD_LETTERS)) await boss.createQueue(DEAD_LETTERS, { retryLimit: 0, retentionSeconds: DEAD_SECONDS, deleteAfterSeconds: DEAD_SECONDS });
  const subscriptions = await listSubscriptions(boss);
  const schedules = new Map((await boss.getSchedules()).map((schedule) => [schedule.name, schedule.cron]));
  for (const job of jobs) {
    const settings = settingsOf(job);
    const queue = known.get(job.name);
    if (!queue) await boss.createQueue(job.name, settings);
    else if (Object.entries(settings).some(([name, value]) => queue[name as keyof typeof settings] !== value)) await boss.updateQueue(job.name, settings);
    for (const event of job.on) if (!subscriptions.has(`${event} ${job.name}`)) await boss.subscribe(event, job.name);
    if (job.schedule && schedules.get(job.name) !== job.schedule) await boss.schedule(job.name, job.schedule, {}, { tz: "UTC" });
  }
}

function settingsOf(job: JobDefinition) {
  return {
    retryLimit: job.retryLimit,
    retryDelay: 1,
    retryBackoff: true,
    retryDelayMax: 600,
    // A little longer than the worker waits for the app's answer.
    expireInSeconds: job.timeoutSeconds + 15,
    heartbeatSeconds: HEARTBEAT_SECONDS,
    retentionSeconds: WAITING_SECONDS,
    deleteAfterSeconds: job.keepSeconds,
    deadLetter: DEAD_LETTERS,
  };
}

async function forgetOthers(boss: PgBoss, jobs: readonly JobDefinition[]): Promise<void> {
  const wanted = new Set(jobs.flatMap((job) => job.on.map((event) => `${event} ${job.name}`)));
  for (const subscription of await listSubscriptions(boss)) {
    const [event, name] = subscription.split(" ");
    if (!wanted.has(subscription)) await boss.unsubscribe(event!, name!);
  }
  const scheduled = new Set(jobs.filter((job) => job.schedule).map((job) => job.name));
  for (const schedule of await boss.getSchedules()) if (!scheduled.has(schedule.name)) await boss.unschedule(schedule.name);
}

async function listSubscriptions(boss: PgBoss): Promise<Set<string>> {
  const { rows } = await boss.getDb().executeSql("select event, name from pgboss.subscription");
  return new Set(rows.map((row: { event: string; name: string }) => `${row.event} ${row.name}`));
}
