import type { AddressInfo } from "node:net";
import { sql } from "drizzle-orm";
import { type ParsedMail, simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { db } from "@/db/client";
import { executeJob } from "@/lib/platform/jobs/execute";
import { drainJobs, installJobs } from "@/lib/testing/jobs";
import { readEnv } from "@/lib/platform/env";
import { jobs, sendMail } from "./jobs";
import { postMail } from "./outbox";
import { checkMailServer } from "./transport";

// A real mail server on loopback, which can be told to be difficult.
const received: ParsedMail[] = [];
let refuse: { code: number } | null = null;
const server = new SMTPServer({
  authOptional: false,
  allowInsecureAuth: true,
  disabledCommands: ["STARTTLS"],
  logger: false,
  onAuth: ({ username, password }, _session, done) => (username === "helio" && password === "p@ss" ? done(null, { user: username }) : done(new Error("Wrong name or password"))),
  onRcptTo: (_address, _session, done) => done(refuse && Object.assign(new Error("Not here"), { responseCode: refuse.code })),
  onData: (stream, _session, done) => simpleParser(stream, (error, mail) => {
    received.push(mail);
    done(error);
  }),
});

const letter = { subject: "Hello — مرحبا", lines: ["First <b>line</b> & more."], link: { text: "Open it", path: "/verify?token=abc" }, after: ["The end."] };
const post = (recipient: string) => db().transaction((tx) => postMail(tx, { userId: null, kind: "verify", recipient }, letter));
const run = (mailId: string) => executeJob(sendMail, { mailId }, { id: "1", attempt: 1, signal: new AbortController().signal });
const newest = async () => (await db().execute<{ id: string; sent_at: string | null; problem: string | null }>(sql`select id, sent_at, problem from mails order by id desc limit 1`))[0]!;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.server.address() as AddressInfo;
  Object.assign(process.env, { SMTP_URL: `smtp://helio:p%40ss@127.0.0.1:${port}`, MAIL_FROM: "Our place <post@example.org>" });
  await installJobs(jobs);
});
beforeEach(() => {
  received.length = 0;
  refuse = null;
});
afterAll(() => new Promise<void>((resolve) => server.close(() => resolve())));

describe("mail through a server", () => {
  it("arrives as plain text and HTML, with nothing to load", async () => {
    await checkMailServer();
    await post("ada@example.org");
    expect(await drainJobs(jobs)).toEqual(["mail.send"]);
    const [mail] = received;
    expect(mail!.subject).toBe(letter.subject);
    expect(mail!.from!.text).toBe('"Our place" <post@example.org>');
    expect(mail!.text).toContain("Open it:\nhttp://localhost:3000/verify?token=abc");
    expect(mail!.html).toContain("First &#60;b&#62;line&#60;/b&#62; &#38; more.");
    expect(mail!.html).not.toMatch(/<img|src=|url\(|@import/);
    expect((await newest()).sent_at).not.toBeNull();
  });

  it("is sent once, however often and at once its job runs", async () => {
    await post("bo@example.org");
    const { id } = await newest();
    expect((await Promise.all([run(id), run(id), run(id)])).map(({ kind }) => kind)).toEqual(["done", "done", "done"]);
    expect((await run(id)).kind).toBe("done");
    expect(received).toHaveLength(1);
    await drainJobs(jobs);
    expect(received).toHaveLength(1);
  });

  it("is not written when what caused it was not done", async () => {
    await db().transaction(async (tx) => {
      await postMail(tx, { userId: null, kind: "verify", recipient: "nobody@example.org" }, letter);
      throw new Error("no");
    }).catch(() => {});
    expect(await drainJobs(jobs)).toEqual([]);
    expect(received).toHaveLength(0);
  });

  it("waits while the server has trouble, and is given up when it is refused for good", async () => {
    await post("cy@example.org");
    const { id } = await newest();
    refuse = { code: 451 };
    expect((await run(id)).kind).toBe("not_now");
    expect((await newest()).problem).toMatch(/Not here/);
    refuse = null;
    expect((await run(id)).kind).toBe("done");
    expect(await newest()).toMatchObject({ problem: null, sent_at: expect.anything() });
    await post("gone@example.org");
    refuse = { code: 550 };
    expect((await run((await newest()).id)).kind).toBe("permanent");
  });

  it("is not sent a day late, nor when its link has been used", async () => {
    await post("dee@example.org");
    const { id } = await newest();
    await db().execute(sql`update mails set created_at = now() - interval '25 hours' where id = ${id}::bigint`);
    expect((await run(id)).kind).toBe("done");
    await post("eve@example.org");
    await db().execute(sql`update mails set body = '' where recipient = 'eve@example.org'`);
    expect((await run((await newest()).id)).kind).toBe("done");
    expect(received).toHaveLength(0);
  });

  it("goes after 30 days", async () => {
    await post("old@example.org");
    await db().execute(sql`update mails set created_at = now() - interval '31 days' where recipient = 'old@example.org'`);
    await db().execute(sql`insert into pgboss.job (name, data) values ('mail.sweep', '{}')`);
    await drainJobs(jobs);
    expect((await db().execute(sql`select 1 from mails where recipient = 'old@example.org'`)).length).toBe(0);
  });
});

describe("the mail server's settings", () => {
  const base = { DATABASE_URL: "postgres://x", STORAGE_SECRET: "x".repeat(32), AUTH_SECRET: "x".repeat(32), JOBS_SECRET: "x".repeat(32) };
  it.each([["SMTP_URL", "mail.example.org"], ["SMTP_URL", "http://mail.example.org"], ["MAIL_FROM", "nobody"], ["MAIL_FROM", "A <b>"]])("refuse %s=%s with its name", (name, value) => {
    expect(() => readEnv({ ...base, [name]: value })).toThrow(name);
  });
  it.each([["SMTP_URL", "smtps://a:b@mail.example.org:465"], ["MAIL_FROM", "post@example.org"], ["MAIL_FROM", "Our place <post@example.org>"]])("take %s=%s", (name, value) => {
    expect(readEnv({ ...base, [name]: value })).toMatchObject({ [name]: value });
  });
});
