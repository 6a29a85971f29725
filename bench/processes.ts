import { readdirSync, readFileSync } from "node:fs";

/** Milliseconds of processor time that a group of processes has used so far. */
export type Used = { app: number; postgres: number; redis: number };

type Process = { pid: number; parent: number; command: string; own: number; reaped: number };
/** Linux counts in hundredths of a second. */
const TICK_MS = 10;

function processes(): Process[] {
  return readdirSync("/proc").filter((name) => /^\d+$/.test(name)).flatMap((name) => {
    try {
      const [, pid, , parent, ...rest] = /^(\d+) \((.*)\) \S (\d+) (.*)$/s.exec(readFileSync(`/proc/${name}/stat`, "utf8"))!;
      // After the parent's id come fields 5 and on: user and system time are 14 and 15, those of ended children 16 and 17.
      const times = rest.join(" ").split(" ").slice(9, 13).map(Number);
      return [{ pid: Number(pid), parent: Number(parent), command: readFileSync(`/proc/${name}/cmdline`, "utf8").replaceAll("\0", " "), own: (times[0]! + times[1]!) * TICK_MS, reaped: (times[2]! + times[3]!) * TICK_MS }];
    } catch {
      return []; // it has ended meanwhile
    }
  });
}

/**
 * What the parts of a running Heliograph have used: of the app by its process (`appPid`, or the one of the supervisor), of Postgres with all its
 * connections, also ended ones. Linux only; elsewhere nothing.
 */
export function used(supervisor: number, appPid?: number): Used {
  const all = processes();
  const own = (find: (process: Process) => boolean) => all.filter((process) => process.parent === supervisor && find(process));
  const sum = (list: Process[], of: (process: Process) => number) => list.reduce((total, process) => total + of(process), 0);
  const main = own(({ command }) => /\/postgres -D /.test(command));
  const connections = all.filter((process) => main.some(({ pid }) => pid === process.parent));
  const apps = appPid ? all.filter(({ pid }) => pid === appPid) : own(({ command }) => command.includes("serve.mjs"));
  return {
    app: sum(apps, ({ own }) => own),
    postgres: sum(main, ({ own, reaped }) => own + reaped) + sum(connections, ({ own }) => own),
    redis: sum(own(({ command }) => /(redis|valkey)-server/.test(command)), ({ own }) => own),
  };
}

/** Bytes that the app's process has in memory now. */
export function resident(supervisor: number): number {
  const app = processes().find(({ parent, command }) => parent === supervisor && command.includes("serve.mjs"));
  return app ? Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${app.pid}/status`, "utf8"))![1]) * 1024 : 0;
}
