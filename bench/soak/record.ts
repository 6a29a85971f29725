import { percentiles } from "../load";

/** `status` is 0 where there was no answer. Times in ms. */
type Asked = { kind: string; at: number; ms: number; status: number };
/** A fault in the time in which it was there. */
export type Span = { name: string; from: number; to: number };

/** So long without an error is recovered. */
const CALM_MS = 5_000;

const isFailure = ({ status }: Asked) => status === 0 || status >= 500;
const shareOf = (count: number, of: number) => `${count} (${((100 * count) / Math.max(1, of)).toFixed(2)} %)`;

/** What each request came to. */
export class Record {
  private all: Asked[] = [];

  add(kind: string, began: number, status: number): void {
    this.all.push({ kind, at: Date.now(), ms: Date.now() - began, status });
  }

  /** What was until now does not count. */
  forget(): void {
    this.all = [];
  }

  /** Lines of a table: what each kind of request took, and its errors. */
  kinds(): string[] {
    const kinds = Map.groupBy(this.all, ({ kind }) => kind);
    const rows = [...kinds].sort(([a], [b]) => (a < b ? -1 : 1)).map(([kind, asked]) => this.row(kind, asked));
    return [header("request"), ...rows, this.row("all", this.all)];
  }

  /** The same for what ended in each span, until its recovery, and for the rest. */
  spans(spans: readonly Span[]): string[] {
    const recovered = spans.map((span) => ({ ...span, recovery: this.recovery(span) }));
    const within = recovered.map(({ from, to, recovery }) => this.all.filter(({ at }) => at >= from && at <= to + (recovery ?? 0) * 1000));
    const rest = new Set(this.all);
    for (const asked of within.flat()) rest.delete(asked);
    const rows = recovered.map(({ name, from, to, recovery }, i) => `${this.row(`${name} (${((to - from) / 1000).toFixed(0)} s)`, within[i]!)} ${recovery === null ? "never" : `${recovery.toFixed(1)} s`} |`);
    return [`${header("fault")} recovered after |`, ...rows, `${this.row("the rest of the time", [...rest])} |`];
  }

  /** Seconds from the end of a fault until the first five seconds without an error; null when there are none before the last answer. */
  recovery({ to }: Span): number | null {
    let calm = to;
    const after = this.all.filter(({ at }) => at > to);
    for (const asked of after) {
      if (asked.at - calm >= CALM_MS) break;
      if (isFailure(asked)) calm = asked.at;
    }
    return (after.at(-1)?.at ?? 0) - calm >= CALM_MS ? (calm - to) / 1000 : null;
  }

  private row(name: string, asked: readonly Asked[]): string {
    const of = (find: (status: number) => boolean) => shareOf(asked.filter(({ status }) => find(status)).length, asked.length);
    const times = asked.map(({ ms }) => ms);
    const { p50, p95 } = percentiles(times);
    const slowest = times.reduce((most, ms) => Math.max(most, ms), 0);
    return `| ${[name, asked.length, of((status) => status >= 500 && status !== 503), of((status) => status === 503), of((status) => status === 0), p50, p95, slowest].join(" | ")} |`;
  }
}

const header = (first: string) => `| ${first} | requests | 5xx but 503 | 503 | no answer | p50 ms | p95 ms | slowest ms |`;
