import { fork } from "node:child_process";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { build } from "esbuild";
import { beforeAll, describe, expect, inject, it } from "vitest";
import { addComment, deleteComment } from "@/lib/comments/service";
import { db } from "@/db/client";
import { recordSeen } from "@/lib/feed/seen";
import { jobs as notifications } from "@/lib/notifications/jobs";
import { checkInvariants } from "@/lib/platform/doctor/invariants";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { foldCounts } from "@/lib/posts/counts";
import { flushViews } from "@/lib/posts/view-counts";
import { makeBlock, makePost, makeUser } from "@/lib/testing/factories";
import { installJobs } from "@/lib/testing/jobs";
import { runJobs } from "@/lib/testing/run-jobs";
import { setLike, setSaved } from "./service";

const SECONDS = 4;

type State = { like_count: number; likes: number; save_count: number; saves: number; view_count: number; seen: number; waiting: number };
async function stateOf(post: string): Promise<State> {
  const [row] = await db().execute<State>(sql`
    select like_count, (select count(*)::int from likes where post_id = p.id) as likes, save_count, (select count(*)::int from saves where post_id = p.id) as saves,
      view_count, (select count(*)::int from post_seen s where s.post_id = p.id and s.user_id <> p.author_id) as seen, (select count(*)::int from count_deltas d where d.post_id = p.id) as waiting
    from posts p where id = ${post}::bigint`);
  return row!;
}

async function toldOf(author: Viewer): Promise<{ actor_count: number; actors: number; told: string[] }> {
  const [row] = await db().execute<{ actor_count: number; actors: number; told: string[] }>(sql`
    select coalesce(sum(n.actor_count), 0)::int as actor_count, (select count(*)::int from notification_actors where user_id = ${author.id}::bigint and dedupe_key like 'like:%') as actors,
      array(select actor_id::text from notification_actors where user_id = ${author.id}::bigint and dedupe_key like 'like:%' order by actor_id) as told
    from notifications n where n.user_id = ${author.id}::bigint and kind = 'like'`);
  return row!;
}

/** Another app process, with connections of its own, in which the same people press the same button. */
async function otherProcess(post: string, people: Viewer[]): Promise<{ ended: Promise<number> }> {
  const entry = join(inject("folder"), "viral-process.mjs");
  await build({
    stdin: {
      contents: `
        import { setLike, setSaved } from "@/lib/interactions/service";
        import { finishUp } from "@/lib/platform/process/endings";
        const [post, people, seconds] = JSON.parse(process.argv[2]);
        const until = Date.now() + seconds * 1000;
        let acted = 0;
        await Promise.all(Array.from({ length: 16 }, async (_, lane) => {
          for (let i = lane; Date.now() < until; i += 7) {
            const person = people[i % people.length];
            await setLike(person, post, i % 3 !== 0);
            if (i % 5 === 0) await setSaved(person, post, i % 2 === 0);
            acted++;
          }
        }));
        await finishUp();
        process.send(acted);
        process.exit(0);`,
      resolveDir: process.cwd(),
    },
    outfile: entry, bundle: true, platform: "node", format: "esm", packages: "external", alias: { "@": process.cwd(), "server-only": join(process.cwd(), "lib/testing/empty.ts") },
  });
  const resolver = `export const resolve = (s, c, next) => next(s, { ...c, parentURL: c.parentURL?.includes("viral-process") ? ${JSON.stringify(`file://${process.cwd()}/x.mjs`)} : c.parentURL });`;
  const child = fork(entry, [JSON.stringify([post, people, SECONDS])], { env: process.env, execArgv: ["--import", `data:text/javascript,${encodeURIComponent(`import { register } from "node:module"; register("data:text/javascript," + encodeURIComponent(${JSON.stringify(resolver)}));`)}`] });
  return {
    ended: new Promise((resolve, reject) => {
      child.once("message", (acted) => resolve(acted as number));
      child.once("exit", (code) => reject(new Error(`the other process ended with ${code}`)));
    }),
  };
}

describe("a post that everybody likes at once", () => {
  let author: Viewer;
  let people: Viewer[];
  let post: string;
  beforeAll(async () => {
    await installJobs(notifications);
    author = await makeUser();
    people = await Promise.all(Array.from({ length: 60 }, () => makeUser()));
    post = await makePost(author);
  });

  it("ends with counters and notifications that equal the rows, liked in two processes", async () => {
    const other = await otherProcess(post, people);
    const until = Date.now() + SECONDS * 1_000;
    let acted = 0;
    let jobs = 0;
    const working = (async () => {
      for (; Date.now() < until; await sleep(200)) jobs += await runJobs(notifications);
    })();
    await Promise.all(Array.from({ length: 24 }, async (_, lane) => {
      for (let i = lane; Date.now() < until; i += 11) {
        const person = people[i % people.length]!;
        await setLike(person, post, i % 4 !== 0);
        if (i % 6 === 0) await recordSeen(person, [post]);
        if (i % 40 === 0) await setSaved(person, post, true);
        acted++;
      }
    }));
    acted += await other.ended;
    await working;
    expect(acted).toBeGreaterThan(200);
    // Everyone once more, so that there is something to compare; then what takes a second in life.
    await Promise.all(people.map((person, i) => setLike(person, post, i % 2 === 0)));
    await flushViews();
    await foldCounts();
    jobs += await runJobs(notifications, { twice: true });
    const state = await stateOf(post);
    expect(state).toMatchObject({ like_count: 30, likes: 30, waiting: 0, save_count: state.saves, view_count: state.seen });
    expect(state.seen).toBeGreaterThan(5);
    const told = await toldOf(author);
    expect(told.told).toEqual(people.filter((_, i) => i % 2 === 0).map((person) => person.id).toSorted((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1)));
    expect(told.actor_count).toBe(30);
    // Gathered: far fewer jobs than likes.
    expect(jobs).toBeLessThan(acted / 4);
    expect((await checkInvariants()).filter(({ ok }) => !ok)).toEqual([]);
  }, 60_000);

  it("answers each person for themselves", async () => {
    const [blocked, ...others] = people.slice(0, 12) as [Viewer, ...Viewer[]];
    const quiet = await makePost(author);
    await makeBlock(author, blocked);
    const answers = await Promise.allSettled([...others.map((person) => setLike(person, quiet, true)), setLike(blocked, quiet, true), setLike(others[0]!, quiet, false)]);
    expect(answers.map(({ status }) => status)).toEqual([...others.map(() => "fulfilled"), "rejected", "fulfilled"]);
    expect((answers.at(-2) as PromiseRejectedResult).reason).toMatchObject({ code: "not_found" });
    expect((answers.at(-1) as PromiseFulfilledResult<unknown>).value).toEqual({ liked: false, like_count: 10 });
    await foldCounts();
    expect(await stateOf(quiet)).toMatchObject({ like_count: 10, likes: 10, waiting: 0 });
  });

  it("does not wait while somebody else holds its row, and counts what is pending in its answer", async () => {
    const held = await makePost(author);
    await db().transaction(async (tx) => {
      await tx.execute(sql`select 1 from posts where id = ${held}::bigint for no key update`);
      expect(await setLike(people[20]!, held, true)).toEqual({ liked: true, like_count: 1 });
      expect(await setLike(people[21]!, held, true)).toEqual({ liked: true, like_count: 2 });
      await setSaved(people[21]!, held, true);
      const comment = await addComment(people[22]!, held, { content: "So many!" }, null);
      await deleteComment(people[22]!, comment.id);
      expect((await checkInvariants()).filter(({ ok }) => !ok)).toEqual([]);
      expect(await stateOf(held)).toMatchObject({ like_count: 0, waiting: 5 });
    });
    // By itself, within a second.
    await expect.poll(() => stateOf(held), { timeout: 3_000 }).toMatchObject({ like_count: 2, likes: 2, save_count: 1, waiting: 0 });
  });
});
