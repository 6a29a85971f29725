import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { closeDatabase } from "@/db/client";
import { freePort } from "../../scripts/lib/ports.mjs";
import { type App, startApp } from "../app";
import { type Account, Client, signUp } from "../chaos/client";
import { signalPart } from "../chaos/parts";
import { settle } from "../chaos/verdict";
import { percentiles } from "../load";
import { balance } from "./front";
import type { Span } from "./record";
import { Screen } from "./screen";

const PEOPLE = 100;
const WRITERS = 8;
/** Open at the server that is killed, and at the other. */
const [THERE, ELSEWHERE] = [1_000, 500];
const POSTS_EACH = 3;
const COMMENT_EVERY_MS = 400;
const QUIET_MS = 20_000;
const LANES = 24;
const say = (text: string) => process.stdout.write(`${text}\n`);

/** A comment that was accepted, and when. */
type Said = { id: string; post: string; at: number };

class Writer extends Client {
  override async post(): Promise<string> {
    return super.post();
  }
  async say(post: string): Promise<Said> {
    const key = randomUUID();
    const at = Date.now();
    const { status, body } = await this.insist(`/api/posts/${post}/comments`, () => ({ method: "POST", body: JSON.stringify({ content: `Heard ${key}` }), headers: { "content-type": "application/json", "idempotency-key": key } }));
    if (status !== 201) throw new Error(`A comment was answered with ${status}.`);
    return { id: body.id, post, at };
  }
}

/** Very many pages are open at two servers while Redis hangs, one server is killed and Redis crashes. Whether each page knew of everything in the end. */
export async function screensSoak(): Promise<boolean> {
  const port = await freePort();
  const second = { app: await startApp({ withRedis: true, port }), port };
  const [first, other] = [process.env.TRIAL_URL!, second.app.url];
  const writers: Writer[] = [];
  for (let i = 0; i < WRITERS; i++) writers.push(new Writer(balance([first, other]), await signUp(first, i)));
  const posts: string[] = [];
  for (const writer of writers) posts.push(await writer.post(), await writer.post());
  await settle();
  const screens = await openScreens(posts, first, other);
  say(`${screens.length} pages are open, ${screens.filter(({ server }) => server === other).length} of them at the server that will be killed.`);

  const said: Said[] = [];
  const talking = new AbortController();
  const talk = Promise.all(writers.map(async (writer) => {
    while (!talking.signal.aborted) {
      const [turn] = await Promise.all([writer.say(posts[Math.floor(Math.random() * posts.length)]!), pause(WRITERS * COMMENT_EVERY_MS * (0.5 + Math.random()))]);
      said.push(turn);
    }
  }));
  const spans = await faults(second, say);
  talking.abort();
  await talk;
  await pause(QUIET_MS);
  screens.forEach((screen) => screen.end());
  const missed = report(screens, said, spans);
  await Promise.all([second.app.stop(), closeDatabase()]);
  return missed === 0;
}

async function openScreens(posts: readonly string[], first: string, other: string): Promise<Screen[]> {
  const people: Account[] = [];
  for (let i = 0; i < PEOPLE; i++) people.push(await signUp(first, WRITERS + i));
  const screens = Array.from({ length: THERE + ELSEWHERE }, (_, i) => {
    // Each begins at its own server, and goes on at whichever answers.
    const both = balance([first, other]);
    let isFirst = true;
    const front = { ...both, pick: () => (isFirst ? ((isFirst = false), i < THERE ? other : first) : both.pick()) };
    return new Screen(Array.from({ length: POSTS_EACH }, (_, k) => posts[(i + 5 * k) % posts.length]!), people[i % PEOPLE]!, front);
  });
  let next = 0;
  await Promise.all(Array.from({ length: LANES }, async () => {
    for (let i = next++; i < screens.length; i = next++) await screens[i]!.open();
  }));
  return screens;
}

async function faults(second: { app: App; port: number }, tell: (text: string) => void): Promise<Span[]> {
  const spans: Span[] = [];
  /** Followed by a quiet time. */
  const during = async (name: string, begin: () => unknown, ms: number, end: () => unknown) => {
    tell(`${name} …`);
    const from = Date.now();
    await begin();
    await pause(ms);
    await end();
    spans.push({ name, from, to: Date.now() });
    await pause(QUIET_MS);
  };
  const nothing = () => {};
  await during("nothing fails", nothing, QUIET_MS, nothing);
  await during("Redis hangs", () => signalPart("Redis", "SIGSTOP"), 60_000, () => signalPart("Redis", "SIGCONT"));
  await during("the server is killed", () => process.kill(second.app.pid, "SIGKILL"), QUIET_MS, async () => (second.app = await startApp({ withRedis: true, port: second.port })));
  await during("Redis crashes", () => signalPart("Redis", "SIGKILL"), 1_000, nothing);
  return spans;
}

/** Prints what each page came to know and when. Returns how often a page does not know of a comment. */
function report(screens: readonly Screen[], said: readonly Said[], spans: readonly Span[]): number {
  const watching = Map.groupBy(screens.flatMap((screen) => screen.posts.map((post) => ({ post, screen }))), ({ post }) => post);
  const told = said.flatMap((one) => (watching.get(one.post) ?? []).map(({ screen }) => ({ ...one, known: screen.known.get(one.id) })));
  const missed = told.filter(({ known }) => !known).length;
  say("| while | comments × pages | told by the stream p50 ms | p95 ms | p99 ms | slowest ms | by loading anew | never |\n|---|---|---|---|---|---|---|---|");
  const row = (name: string, of: typeof told) => {
    const heard = of.flatMap(({ at, known }) => (known && !known.isLoaded ? [known.at - at] : []));
    const { p50, p95, p99 } = percentiles(heard);
    const slowest = heard.reduce((most, ms) => Math.max(most, ms), 0);
    say(`| ${[name, of.length, p50, p95, p99, slowest, of.filter(({ known }) => known?.isLoaded).length, of.filter(({ known }) => !known).length].join(" | ")} |`);
  };
  for (const { name, from, to } of spans) row(`${name} (${Math.round((to - from) / 1000)} s)`, told.filter(({ at }) => at >= from && at <= to));
  row("the whole time", told);
  const total = (of: (screen: Screen) => number) => screens.reduce((sum, screen) => sum + of(screen), 0);
  say(`${said.length} comments; ${total(({ resumed }) => resumed)} streams resumed, ${total(({ reloads }) => reloads)} times a page was told to load anew.`);
  say(missed === 0 ? "Every page knew of every comment." : `✗ ${missed} times a page never knew of a comment.`);
  return missed;
}
