import postgres from "postgres";
import { DEAD_LETTERS } from "@/lib/platform/jobs/boss";
import { type Used, used } from "./processes";

/** Of one request: SQL statements (with begin and commit), and processor time in ms of the app, Postgres and Redis. */
export type Cost = { statements: number; cpu: Used };

/** So many of the dearest statements of each line are printed (`--statements`). */
const LISTED = Number(process.env.BENCH_STATEMENTS ?? 0);

/** Of one statement: calls, ms of running and of planning, and blocks found in Postgres' own memory or not. */
type Statement = { text: string; calls: number; ms: number; planning: number; hit: number; read: number };

/** The statements that took most, each with what one request has of it. */
function dearest(before: ReadonlyMap<string, Statement>, after: ReadonlyMap<string, Statement>, requests: number): string {
  const rows = [...after].map(([id, now]) => {
    const ago = before.get(id);
    const of = (what: "calls" | "ms" | "planning" | "hit" | "read") => (now[what] - (ago?.[what] ?? 0)) / Math.max(1, requests);
    return { text: now.text, calls: of("calls"), ms: of("ms"), planning: of("planning"), hit: of("hit"), read: of("read") };
  });
  const first = rows.filter(({ calls }) => calls > 0).toSorted((a, b) => b.ms + b.planning - a.ms - a.planning).slice(0, LISTED);
  return first.map((row) => `    ${row.ms.toFixed(3)} + ${row.planning.toFixed(3)} ms, ${row.calls.toFixed(2)} calls, ${Math.round(row.hit)} + ${row.read.toFixed(1)} blocks: ${row.text}`).join("\n");
}

/** The app's role in Postgres: what we ask ourselves is asked by another, and not counted. */
const ROLE = "heliograph";

/**
 * Counts what requests cost between `begin` and `end`. The worker asks for jobs all the time: what was counted while nothing was asked is taken
 * off in proportion to the time.
 */
export class Meter {
  private before?: { statements: number; used: Used; each: Map<string, Statement> };
  private idlePerSecond = 0;
  private readonly sql = postgres(process.env.DATABASE_URL!, { max: 1, onnotice: () => {} });

  /** @param appPid of an app beside the supervised one */
  constructor(private readonly appPid?: number) {}

  /** Counts for three seconds in which nobody asks, and nothing is left to do. */
  async rest(): Promise<this> {
    await this.settled();
    if (LISTED > 0) await this.sql`alter system set pg_stat_statements.track_planning = on`.then(() => this.sql`select pg_reload_conf()`);
    const before = await this.statements();
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    this.idlePerSecond = ((await this.statements()) - before) / 3;
    return this;
  }

  /** Until the worker has done what was asked for before, which else would be done, and counted, beside what comes next. */
  async settled(): Promise<void> {
    for (const began = performance.now(); ; await new Promise((resolve) => setTimeout(resolve, 20))) {
      const [row] = await this.sql<{ name: string }[]>`
        select name from pgboss.job where state < 'completed' and start_after <= now() and name <> ${DEAD_LETTERS} and name not like '\\_\\_%' limit 1`;
      if (!row) return;
      if (performance.now() - began > 600_000) throw new Error(`Jobs of ${row.name} are still open after ten minutes.`);
    }
  }

  async begin(): Promise<void> {
    this.before = { each: await this.each(), statements: await this.statements(), used: this.used() };
  }

  /** What requests have cost since `begin`, which took so many seconds; with what they leave to the worker. */
  async end(requests: number, seconds: number): Promise<Cost> {
    const ended = performance.now();
    await this.settled();
    const now = this.used();
    seconds += (performance.now() - ended) / 1_000;
    const [before, statements] = [this.before!, await this.statements()];
    if (LISTED > 0) console.log(dearest(before.each, await this.each(), requests));
    const each = (after: number, ago: number) => (after - ago) / Math.max(1, requests);
    return {
      statements: Math.max(0, each(statements - this.idlePerSecond * seconds, before.statements)),
      cpu: { app: each(now.app, before.used.app), postgres: each(now.postgres, before.used.postgres), redis: each(now.redis, before.used.redis) },
    };
  }

  /** Each statement so far; none unless they are to be listed. */
  private async each(): Promise<Map<string, Statement>> {
    const rows = LISTED === 0 ? [] : await this.sql<(Statement & { id: string })[]>`
      select queryid::text as id, left(regexp_replace(query, '[[:space:]]+', ' ', 'g'), 100) as text, calls::int, total_exec_time as ms, total_plan_time as planning, shared_blks_hit::int as hit, shared_blks_read::int as read
      from pg_stat_statements s join pg_roles r on r.oid = s.userid where r.rolname = ${ROLE}`;
    return new Map(rows.map((row) => [row.id, row]));
  }

  close(): Promise<void> {
    return this.sql.end();
  }

  private used = (): Used => used(Number(process.env.TRIAL_PID), this.appPid);

  private async statements(): Promise<number> {
    const [row] = await this.sql<{ calls: string }[]>`select coalesce(sum(calls), 0) as calls from pg_stat_statements s join pg_roles r on r.oid = s.userid where r.rolname = ${ROLE}`;
    return Number(row!.calls);
  }
}
