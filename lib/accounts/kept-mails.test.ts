import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { beforeAll, describe, expect, it } from "vitest";
import { db } from "@/db/client";
import { postMail } from "@/lib/platform/mail/outbox";
import { listMails } from "@/lib/platform/mail/queries";
import { mailsTo, tokenMailed } from "@/lib/testing/mails";
import { makeUser } from "@/lib/testing/factories";
import { requestReset, resetPassword } from "./reset";

const run = promisify(execFile);
/** What whoever runs the server reads in their terminal. */
const npmRunMail = async (...args: string[]) => (await run(process.execPath, ["scripts/run.mjs", "mail", ...args], { env: { ...process.env, HELIOGRAPH_NO_ENV_FILE: "1" } })).stdout;
const write = (recipient: string, subject: string) =>
  db().transaction((tx) => postMail(tx, { userId: null, kind: "verify", recipient }, { subject, lines: ["Hello"], link: { text: "Open", path: "/verify?token=abc" }, after: [] }));

describe("without a mail server", () => {
  let email: string;
  beforeAll(async () => {
    delete process.env.SMTP_URL;
    const { username } = await makeUser();
    email = `${username}@example.org`;
    await write("first@example.org", "The first");
    await requestReset(username, "10.3.0.1");
    await write("second@example.org", "The second");
  });

  it("the link with which somebody chooses a new password is found, and gone once it is used", async () => {
    const token = await tokenMailed(email, "reset");
    const all = await npmRunMail();
    expect(all).toContain(`/reset?token=${token}`);
    expect(all).toContain("kept, since no mail server is configured");
    expect(all.indexOf("The second")).toBeLessThan(all.indexOf(token));
    expect(all.indexOf(token)).toBeLessThan(all.indexOf("The first"));
    await resetPassword({ token, new_password: "Quiet-Meadow-77" });
    const after = await npmRunMail("--to", email);
    expect(after).not.toContain(token);
    expect(after).toContain("Its link was used or has run out");
  });

  it("one reads the newest alone, those to an address, or all as JSON", async () => {
    await write("last@example.org", "The last");
    const last = await npmRunMail("--last");
    expect(last).toContain("To       last@example.org");
    expect(last.match(/^To {7}/gm)).toHaveLength(1);
    const theirs = await npmRunMail("--to", "FIRST@example.org");
    expect(theirs).toContain("The first");
    expect(theirs.match(/^To {7}/gm)).toHaveLength(1);
    expect(await npmRunMail("--to", "nobody@example.org")).toBe("There is no mail.\n");
    expect(JSON.parse(await npmRunMail("--json", "--last"))).toMatchObject([{ recipient: "last@example.org", subject: "The last", sent_at: null, problem: null }]);
  });

  it("the query goes by address without regard to case, newest first", async () => {
    expect((await listMails({ limit: 1 })).map(({ recipient }) => recipient)).toEqual(["last@example.org"]);
    expect((await listMails({ to: email.toUpperCase(), limit: 10 })).map(({ id }) => id)).toEqual((await mailsTo(email)).map(({ id }) => String(id)));
  });
});
