import http from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { type Measured, measuredOf } from "./load";
import { type BenchPerson, signIn } from "./people";
import { resident, used } from "./processes";
import type { Line } from "./report";
import { publicPosts } from "./sections/pages";

const url = () => process.env.TRIAL_URL!;
const supervisor = () => Number(process.env.TRIAL_PID);
const STREAMS = 5_000;
const WATCHERS = 1_000;
/** Opened at once, so that the sign-in of each is not what is measured. */
const LANES = 32;
const LIKES = 30;
/** A post is told of at most once a second. */
const APART_MS = 1_200;
const IDLE_MS = 20_000;
const LATE_MS = 10_000;

/** One open stream. `sees`: it is about the post, which its person may see. */
type Watcher = { sees: boolean; heard: (() => void) | null; close: () => void };

/** What open streams cost while nothing happens, and how soon the last of many watchers has heard of a like. */
export async function streams(): Promise<Line[]> {
  const people = await signIn(WATCHERS + LIKES);
  const [watchers, likers] = [people.slice(LIKES), people.slice(0, LIKES)];
  const [hot] = await publicPosts(1);
  const before = resident(supervisor());
  const open: Watcher[] = await openAll(watchers, STREAMS, hot!);
  await pause(3_000);
  const bytes = (resident(supervisor()) - before) / open.length;
  const [began, start] = [used(supervisor()), performance.now()];
  await pause(IDLE_MS);
  const spent = used(supervisor()).app - began.app;
  const idle = (spent / (performance.now() - start)) * 100;
  // Some may be across a block from the author.
  const watching = open.filter(({ sees }) => sees);
  const told = await tellAll(watching, likers, hot!);
  open.forEach((one) => one.close());
  return [{ work: `from a like to the last of ${watching.length} screens, with ${open.length} open streams (${(bytes / 1024).toFixed(1)} kB of the process each; ${idle.toFixed(1)} % of one processor while nothing happens; ${told.cpu.toFixed(0)} ms of the app's processor time for one like)`, lanes: watching.length, measured: told.measured }];
}

async function openAll(people: readonly BenchPerson[], count: number, post: string): Promise<Watcher[]> {
  const open: Watcher[] = [];
  let next = 0;
  // The first of each person watches the post, the others only what is theirs.
  await Promise.all(Array.from({ length: LANES }, async () => {
    for (let i = next++; i < count; i = next++) open[i] = await openStream(people[i % people.length]!, i < people.length ? `post:${post}` : "");
  }));
  return open;
}

function openStream({ headers }: BenchPerson, topics: string): Promise<Watcher> {
  return new Promise((resolve, reject) => {
    const watcher: Watcher = { sees: false, heard: null, close: () => request.destroy() };
    const request = http.request(`${url()}/api/stream?topics=${topics}`, { agent: false, headers }, (answer) => {
      if (answer.statusCode !== 200) return reject(new Error(`A stream was refused with ${answer.statusCode}.`));
      let unread = "";
      answer.setEncoding("utf8").on("error", () => {}).on("data", (text: string) => {
        const whole = (unread + text).split("\n\n");
        unread = whole.pop()!;
        for (const event of whole) {
          if (event.includes("event: post")) watcher.heard?.();
          if (!event.includes("event: open")) continue;
          watcher.sees = topics !== "" && event.includes(topics);
          resolve(watcher);
        }
      });
    });
    request.on("error", reject).end();
  });
}

async function tellAll(watching: readonly Watcher[], likers: readonly BenchPerson[], post: string): Promise<{ measured: Measured; cpu: number }> {
  // What an earlier run has left would make a like change nothing.
  for (const liker of likers) await setLike(liker, post, false);
  await pause(2 * APART_MS);
  const times: number[] = [];
  const began = used(supervisor());
  for (const liker of likers) {
    const all = heardByAll(watching);
    const asked = performance.now();
    await setLike(liker, post, true);
    times.push((await all) - asked);
    await pause(APART_MS);
  }
  return { measured: measuredOf(times), cpu: (used(supervisor()).app - began.app) / likers.length };
}

async function setLike({ headers }: BenchPerson, post: string, liked: boolean): Promise<void> {
  const answer = await fetch(`${url()}/api/posts/${post}/like`, { method: liked ? "POST" : "DELETE", headers });
  if (!answer.ok) throw new Error(`A like was refused with ${answer.status}.`);
}

/** When the last of them has heard. */
function heardByAll(watching: readonly Watcher[]): Promise<number> {
  return new Promise((resolve, reject) => {
    let left = watching.length;
    const late = setTimeout(() => reject(new Error(`${left} of ${watching.length} streams heard nothing for ${LATE_MS} ms.`)), LATE_MS);
    for (const watcher of watching) {
      watcher.heard = () => {
        watcher.heard = null;
        if (--left > 0) return;
        clearTimeout(late);
        resolve(performance.now());
      };
    }
  });
}
