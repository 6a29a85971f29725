import postgres from "postgres";
import { type Used, used } from "./processes";

/** Of one request: SQL statements (with begin and commit), and processor time in ms of the app, Postgres and Redis. */
export type Cost = { statements: number; cpu: Used };

/** The app's role in Postgres: what we ask ourselves is asked by another, and not counted. */
const ROLE = "heliograph";

/**
 * Counts what requests cost between `begin` and `end`. The worker asks for jobs all the time: what was counted while nothing was asked is taken
 * off in proportion to the time.
 */
export class Meter {
  private before?: { statements: number; used: Used };
  private pending: Promise<void> = Promise.resolve();
  private idlePerSecond = 0;
  private readonly sql = postgres(process.env.DATABASE_URL!, { max: 1, onnotice: () => {} });

  /** @param appPid of an app beside the supervised one */
  constructor(private readonly appPid?: number) {}

  /** Counts for three seconds in which nobody asks. */
  async rest(): Promise<this> {
    const before = await this.statements();
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    this.idlePerSecond = ((await this.statements()) - before) / 3;
    return this;
  }

  begin(): void {
    const now = this.used();
    this.pending = this.statements().then((statements) => void (this.before = { statements, used: now }));
  }

  async end(requests: number, seconds: number): Promise<Cost> {
    const now = this.used();
    await this.pending;
    const [before, statements] = [this.before!, await this.statements()];
    const each = (after: number, ago: number) => (after - ago) / Math.max(1, requests);
    return {
      statements: Math.max(0, each(statements - this.idlePerSecond * seconds, before.statements)),
      cpu: { app: each(now.app, before.used.app), postgres: each(now.postgres, before.used.postgres), redis: each(now.redis, before.used.redis) },
    };
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
