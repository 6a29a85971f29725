import { setTimeout as pause } from "node:timers/promises";
import { redis } from "@/lib/platform/redis/redis";
import { startApp } from "../app";
import { barePage, bareRoute, oneQuery, samePage } from "../floors";
import { type Call, load, measuredOf } from "../load";
import { keepMarkup } from "../markup";
import { Meter } from "../meter";
import { type BenchPerson, type Kind, type Readers, readers } from "../people";
import type { Line } from "../report";
import { atEachLane, LANES, url } from "./lanes";

/** How many of each kind: enough that they do not all lie in the nearest cache, few enough to be there in every world. */
const PEOPLE: Record<Kind, number> = { ordinary: 200, merging: 50, heavy: 30 };
const FRESH_APPS = 3;

const json = (people: BenchPerson[]) => (i: number) => ({ path: "/api/feed", headers: people[i % people.length]!.headers });
const html = (people: BenchPerson[]) => (i: number) => ({ path: "/", headers: people[i % people.length]!.cookie });

/** The home feed for three kinds of readers: warm, from a process that has just begun, after Redis was emptied, and where there is none. */
export async function feed(): Promise<Line[]> {
  const kinds = await allKinds();
  const meter = await new Meter().rest();
  const lines = await warmJson(kinds, meter);
  const [ordinary] = kinds;
  await keepPage(html(ordinary!.people)(0));
  lines.push(...(await atEachLane(meter, { work: "feed, HTML, warm: ordinary reader", call: html(ordinary!.people), floor: samePage })));
  lines.push(...(await atEachLane(meter, { work: "feed, HTML, warm, beside plain cards: ordinary reader", call: html(ordinary!.people), floor: barePage })));
  lines.push(...(await coldProcess(ordinary!)), ...(await coldRedis(kinds, meter)), ...(await withoutRedis(kinds)));
  await meter.close();
  return lines;
}

/** Only the JSON of warm feeds: what one changes the most, in a minute. */
export async function feedJson(): Promise<Line[]> {
  const meter = await new Meter().rest();
  const lines = await warmJson(await allKinds(), meter);
  await meter.close();
  return lines;
}

async function warmJson(kinds: readonly Readers[], meter: Meter): Promise<Line[]> {
  const lines: Line[] = [];
  for (const { label, people } of kinds) {
    await warmUp(url(), people);
    lines.push(...(await atEachLane(meter, { work: `feed, JSON, warm: ${label}`, call: json(people) })));
  }
  return lines;
}

async function allKinds(): Promise<Readers[]> {
  const found: Readers[] = [];
  for (const kind of Object.keys(PEOPLE) as Kind[]) found.push(await readers(kind, PEOPLE[kind]));
  return found.filter(({ people }) => people.length > 0);
}

/** The page as its reader gets it, for the floor that has the same markup. */
async function keepPage({ path, headers }: Call): Promise<void> {
  keepMarkup(await (await fetch(`${url()}${path}`, { headers })).text(), process.env.FLOOR_MARKUP!);
}

/** Twice: the first visit has the feed built beside it. */
async function warmUp(base: string, people: BenchPerson[]): Promise<void> {
  for (let round = 0; round < 2; round++) {
    await load(base, 4, { count: people.length, isCold: true }, json(people));
    await pause(500);
  }
}

/** Of processes that have just begun and a Redis that has everything: the very first page, and those of the first fifty readers. */
async function coldProcess({ people }: Readers): Promise<Line[]> {
  await warmUp(url(), people);
  const [first, next]: [number[], number[]] = [[], []];
  for (let round = 0; round < FRESH_APPS; round++) {
    const app = await startApp({ withRedis: true });
    const began = performance.now();
    await load(app.url, 1, { count: 1, isCold: true }, json(people));
    first.push(performance.now() - began);
    const { p50 } = await load(app.url, 1, { count: 50, isCold: true }, (i) => json(people)(i + 1 + 50 * round));
    next.push(p50);
    if (round === FRESH_APPS - 1) {
      const measured = await load(app.url, 1, { count: 50, isCold: true }, (i) => json(people)(i + 51 + 50 * round));
      await app.stop();
      return [
        { work: `feed, JSON, very first page of a new process (${FRESH_APPS} of them)`, lanes: 1, measured: measuredOf(first), floor: await bareRoute(1) },
        { work: "feed, JSON, first fifty readers of a new process (medians)", lanes: 1, measured: measuredOf(next), floor: await bareRoute(1) },
        { work: "feed, JSON, the fifty after them", lanes: 1, measured, floor: await bareRoute(1) },
      ];
    }
    await app.stop();
  }
  return [];
}

/** Each reader asks once after Redis was emptied. */
async function coldRedis(kinds: Readers[], meter: Meter): Promise<Line[]> {
  const client = redis();
  if (!client) return [];
  const lines: Line[] = [];
  for (const { label, people } of kinds) {
    for (const lanes of LANES) {
      await client.flushall();
      await pause(200);
      lines.push({ work: `feed, JSON, Redis just emptied: ${label}`, lanes, measured: await load(url(), lanes, { count: people.length, isCold: true, meter }, json(people)), floor: await oneQuery(people.map(({ id }) => id), lanes) });
      await pause(1_000); // what is built beside the answers
    }
  }
  return lines;
}

async function withoutRedis(kinds: Readers[]): Promise<Line[]> {
  const app = await startApp({ withRedis: false });
  const meter = await new Meter(app.pid).rest();
  const lines: Line[] = [];
  for (const { label, people } of kinds) {
    await load(app.url, 4, { count: people.length, isCold: true }, json(people));
    lines.push(...(await atEachLane(meter, { work: `feed, JSON, without Redis: ${label}`, call: json(people), base: app.url, floor: (lanes) => oneQuery(people.map(({ id }) => id), lanes) })));
  }
  await meter.close();
  await app.stop();
  return lines;
}
