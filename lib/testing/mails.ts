import { sql } from "drizzle-orm";
import { db } from "@/db/client";

export type ReadMail = { id: string; kind: string; recipient: string; subject: string; body: string };

/** The mails written to an address, newest first. */
export async function mailsTo(address: string): Promise<ReadMail[]> {
  return [...(await db().execute<ReadMail>(sql`select id, kind, recipient, subject, body from mails where recipient = ${address} order by id desc`))];
}

/** The token in the link of the newest mail of this kind to an address. */
export async function tokenMailed(address: string, kind: string): Promise<string> {
  const mail = (await mailsTo(address)).find((one) => one.kind === kind);
  return /token=([\w-]+)/.exec(mail?.body ?? "")?.[1] ?? "";
}
