import { setTimeout as sleep } from "node:timers/promises";
import { closeDatabase, db } from "@/db/client";
import { registry } from "@/lib/jobs";
import { type DeadJob, listDead, listQueues, type QueueState, retryDead } from "@/lib/platform/jobs/admin";
import { openBoss } from "@/lib/platform/jobs/boss";
import { enqueue } from "@/lib/platform/jobs/queue";
import { wakeWorkers } from "@/lib/platform/jobs/wake";
import { endWithTrouble } from "@/lib/platform/process/lifetime";

const HELP = `npm run jobs                      the queues: what waits, runs, is done, is dead
npm run jobs failed               the dead jobs, newest first, with the reason
npm run jobs retry <id|all>       put dead jobs back into their queues
npm run jobs run <name> '{...}'   enqueue a job now`;

const say = (text: string): void => void process.stdout.write(`${text}\n`);

async function main([command = "list", first, second]: string[]): Promise<void> {
  if (command === "list") return withBoss(async (boss) => say(tableOf(await listQueues(boss))));
  if (command === "failed") return withBoss(async (boss) => say(listOf(await listDead(boss))));
  if (command === "retry" && first) return withBoss(async (boss) => say(`${await retryDead(boss, first)} put back`));
  if (command === "run" && first) return run(first, second ?? "{}");
  say(HELP);
}

async function withBoss(work: (boss: ReturnType<typeof openBoss>) => Promise<void>): Promise<void> {
  const boss = openBoss({ connections: 1 });
  await boss.start();
  await work(boss).finally(() => boss.stop({ graceful: false }));
  wakeWorkers();
}

async function run(name: string, payload: string): Promise<void> {
  const job = registry.find((candidate) => candidate.name === name);
  if (!job) throw new Error(`There is no job "${name}". There are: ${registry.map((known) => known.name).sort().join(", ")}`);
  await enqueue(db(), job, JSON.parse(payload));
  say(`${name} enqueued`);
}

function tableOf(queues: QueueState[]): string {
  const head = ["queue", "waiting", "oldest", "later", "running", "done", "dead"];
  const rows = queues.map((q) => [q.name, String(q.waiting), q.age === null ? "" : inWords(q.age), String(q.later), String(q.running), String(q.done), q.dead ? String(q.dead) : ""]);
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]!.length)));
  return [head, ...rows].map((row) => row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join("  ").trimEnd()).join("\n");
}

function listOf(dead: DeadJob[]): string {
  if (dead.length === 0) return "No job is dead.";
  return dead.map((job) => `${job.id}  ${job.died.toISOString()}  ${job.name} ${JSON.stringify(job.data)}\n  after ${job.attempts} attempt${job.attempts === 1 ? "" : "s"}: ${job.message}`).join("\n");
}

function inWords(seconds: number): string {
  if (seconds < 100) return `${Math.round(seconds)} s`;
  return seconds < 6_000 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3_600)} h`;
}

main(process.argv.slice(2))
  // The workers are woken a moment after; see wake.ts.
  .then(() => sleep(60))
  .then(closeDatabase)
  .catch(endWithTrouble);
