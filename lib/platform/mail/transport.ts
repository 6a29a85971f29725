import type { Transporter } from "nodemailer";
import { env } from "@/lib/platform/env";
import { log } from "@/lib/platform/log";

/** Whether there is a mail server; without one mail is kept for `npm run mail`. */
export const mailGoesOut = (): boolean => env().SMTP_URL !== undefined;

/** Sender of every mail: `MAIL_FROM`, or an address of the host that people know. */
export const sender = (): string => env().MAIL_FROM ?? `Heliograph <no-reply@${new URL(env().PUBLIC_URL).hostname}>`;

const SECOND = 1_000;
let opened: { url: string; transporter: Transporter } | undefined;

/** Loaded when it is first wanted: most processes never send a mail. */
async function transporter(): Promise<Transporter> {
  const url = env().SMTP_URL!;
  const { createTransport } = await import("nodemailer");
  if (opened?.url !== url) opened = { url, transporter: createTransport({ url, connectionTimeout: 10 * SECOND, greetingTimeout: 10 * SECOND, socketTimeout: 20 * SECOND } as object) };
  return opened.transporter;
}

export type Outgoing = { id: string; recipient: string; subject: string; body: string; html: string; unsubscribe_path: string | null };

/** Hands a mail to the mail server. The same mail always bears the same Message-ID, so that one sent twice is shown once. Throws what nodemailer throws. */
export async function transmit({ id, recipient, subject, body, html, unsubscribe_path: path }: Outgoing): Promise<void> {
  await (await transporter()).sendMail({
    from: sender(), to: { name: "", address: recipient }, subject, text: body, html, messageId: `<${id}@${new URL(env().PUBLIC_URL).hostname}>`,
    headers: { "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All", ...(path ? { "List-Unsubscribe": `<${env().PUBLIC_URL}${path}>`, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" } : {}) },
  });
}

/** Connects and logs in; throws in words when that does not work. */
export async function checkMailServer(): Promise<void> {
  await (await transporter()).verify();
}

/** Says in the log, at the start, that mail cannot be sent; everything else works meanwhile. */
export async function tellMailTrouble(): Promise<void> {
  if (mailGoesOut()) await checkMailServer().catch((error: unknown) => log().error({ err: error }, "mail cannot be sent: check SMTP_URL"));
}
