import { closeDatabase } from "@/db/client";
import { type KeptMail, listMails } from "@/lib/platform/mail/queries";
import { mailGoesOut } from "@/lib/platform/mail/transport";
import { endWithTrouble } from "@/lib/platform/process/lifetime";

const HELP = `npm run mail                 the mails of the last 30 days, newest first
npm run mail -- --last       the newest one
npm run mail -- --to ADDRESS those to an address
npm run mail -- --json       for programs`;

const say = (text: string): void => void process.stdout.write(`${text}\n`);

async function main(args: string[]): Promise<void> {
  if (args.includes("--help")) return say(HELP);
  const to = args.includes("--to") ? args[args.indexOf("--to") + 1] : undefined;
  const mails = await listMails({ to, limit: args.includes("--last") ? 1 : 100 });
  if (args.includes("--json")) return say(JSON.stringify(mails, null, 2));
  if (mails.length === 0) say("There is no mail.");
  for (const mail of mails) say(show(mail));
}

function show({ recipient, subject, body, created_at, sent_at, problem }: KeptMail): string {
  const fate = sent_at ? `sent ${new Date(sent_at).toISOString()}` : problem ? `not sent: ${problem}` : mailGoesOut() ? "waiting to be sent" : "kept, since no mail server is configured";
  const words = body || "(Its link was used or has run out, so what it said is gone.)";
  return `${"─".repeat(72)}\nTo       ${recipient}\nSubject  ${subject}\nWritten  ${new Date(created_at).toISOString()}, ${fate}\n\n${words}\n`;
}

main(process.argv.slice(2)).then(closeDatabase).catch(endWithTrouble);
