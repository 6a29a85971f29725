import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { build } from "esbuild";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, inject, it, vi } from "vitest";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { makeFollow, makeUser } from "@/lib/testing/factories";
import { listMessages } from "./queries";
import { sendMessageSchema } from "./schemas";
import { sendMessage } from "./send";
import { openThread } from "./service";

vi.hoisted(() => Object.assign(process.env, { LIMIT_MESSAGES_PER_MINUTE: "1000000" }));

/** One app server: this process, or another with connections of its own. */
type Server = { send: (viewer: Viewer, thread: string, clientId: string) => Promise<string>; after: (viewer: Viewer, thread: string, id: string) => Promise<{ id: string; text: string | null }[]> };

const here: Server = {
  send: async (viewer, thread, clientId) => (await sendMessage(viewer, thread, sendMessageSchema.parse({ client_id: clientId, text: clientId }))).message.id,
  after: async (viewer, thread, id) => (await listMessages(viewer, thread, { after: id, limit: 7 }))!.messages.filter((one) => one.event === null),
};

let child: ChildProcess;
let other: Server;
const waiting = new Map<number, (answer: { result?: unknown; error?: string }) => void>();
let serial = 0;

async function asked<T>(name: string, ...args: unknown[]): Promise<T> {
  const n = serial++;
  const answer = new Promise<{ result?: unknown; error?: string }>((resolve) => waiting.set(n, resolve));
  child.send({ n, name, args });
  const { result, error } = await answer;
  if (error) throw new Error(error);
  return result as T;
}

beforeAll(async () => {
  const entry = join(inject("folder"), "message-server.mjs");
  await build({
    stdin: {
      contents: `
        import { listMessages } from "@/lib/messages/queries";
        import { sendMessageSchema } from "@/lib/messages/schemas";
        import { sendMessage } from "@/lib/messages/send";
        const deeds = {
          send: async (viewer, thread, clientId) => (await sendMessage(viewer, thread, sendMessageSchema.parse({ client_id: clientId, text: clientId }))).message.id,
          after: async (viewer, thread, id) => (await listMessages(viewer, thread, { after: id, limit: 7 })).messages.filter((one) => one.event === null).map(({ id, text }) => ({ id, text })),
        };
        process.on("message", async ({ n, name, args }) => {
          try { process.send({ n, result: await deeds[name](...args) }); } catch (error) { process.send({ n, error: String(error.stack) }); }
        });
        process.send({ n: -1 });`,
      resolveDir: process.cwd(), loader: "ts",
    },
    outfile: entry, bundle: true, platform: "node", format: "esm", packages: "external", alias: { "@": process.cwd(), "server-only": join(process.cwd(), "lib/testing/empty.ts") },
  });
  const resolver = `export const resolve = (s, c, next) => next(s === "next/headers" || s === "next/server" ? s + ".js" : s, { ...c, parentURL: c.parentURL?.includes("message-server") ? ${JSON.stringify(`file://${process.cwd()}/x.mjs`)} : c.parentURL });`;
  child = fork(entry, { env: process.env, execArgv: ["--import", `data:text/javascript,${encodeURIComponent(`import { register } from "node:module"; register("data:text/javascript," + encodeURIComponent(${JSON.stringify(resolver)}));`)}`] });
  const ready = new Promise<void>((resolve, reject) => {
    child.on("message", ({ n, ...answer }: { n: number }) => (n === -1 ? resolve() : waiting.get(n)?.(answer)));
    child.once("exit", () => reject(new Error("the other server ended")));
  });
  await ready;
  other = { send: (...args) => asked("send", ...args), after: (...args) => asked("after", ...args) };
}, 60_000);
afterAll(() => void child.kill());

/** A message: who writes it, and when and where its device sends it, until it has heard that it arrived. */
const saying = fc.record({ by: fc.nat(3), tries: fc.array(fc.record({ at: fc.nat(250), there: fc.boolean() }), { minLength: 1, maxLength: 3 }) });
/** A reader loses the connection and goes on at the other server after so many ms. */
const reading = fc.record({ there: fc.boolean(), gaps: fc.array(fc.nat(60), { minLength: 3, maxLength: 8 }) });

describe("the log of a conversation", () => {
  it("is the same for everybody, with each message once, whatever is sent again, lost and resumed on two servers", async () => {
    await fc.assert(fc.asyncProperty(fc.array(saying, { minLength: 5, maxLength: 25 }), fc.array(reading, { minLength: 4, maxLength: 4 }), async (sayings, readings) => {
      const people = await Promise.all(Array.from({ length: 4 }, () => makeUser()));
      for (const one of people.slice(1)) await makeFollow(one, people[0]!);
      const thread = (await openThread(people[0]!, { userIds: people.slice(1).map(({ id }) => id), name: "Log" })).thread.id;
      const on = (there: boolean) => (there ? other : here);
      let isOver = false;
      const ids = new Map<string, Set<string>>();
      const sending = Promise.all(sayings.flatMap(({ by, tries }, n) => tries.map(async ({ at, there }) => {
        await pause(at);
        const id = await on(there).send(people[by]!, thread, `m${n}`);
        ids.set(`m${n}`, (ids.get(`m${n}`) ?? new Set()).add(id));
      }))).finally(() => (isOver = true));
      const logs = Promise.all(readings.map(async ({ there, gaps }, who) => {
        const log: { id: string; text: string | null }[] = [];
        for (let n = 0, last = "0", isLast = false; ; n++) {
          isLast = isOver;
          const part = await on(there !== (n % 2 === 0)).after(people[who]!, thread, last);
          log.push(...part.map(({ id, text }) => ({ id, text })));
          last = part.at(-1)?.id ?? last;
          if (isLast && part.length === 0) return log;
          await pause(gaps[n % gaps.length]!);
        }
      }));
      const [, read] = await Promise.all([sending, logs]);
      for (const log of read) expect(log).toEqual(read[0]);
      expect(read[0]!.map(({ text }) => text).toSorted()).toEqual(sayings.map((_, n) => `m${n}`).toSorted());
      for (const [, known] of ids) expect(known.size).toBe(1);
    }), { numRuns: 8, endOnFailure: true, interruptAfterTimeLimit: 60_000 });
  }, 120_000);
});
