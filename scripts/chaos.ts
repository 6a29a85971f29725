import { closeDatabase } from "@/db/client";
import { Client, signUp } from "../bench/chaos/client";
import { mischief } from "../bench/chaos/mischief";
import { settle, verdict } from "../bench/chaos/verdict";

/** Run by scripts/chaos.mjs. Twenty people act for some seconds while parts of the server are killed; then everything is checked. */
const [url, length] = process.argv.slice(2) as [string, string?];
const seconds = Number(length ?? 60);
const say = (text: string) => process.stdout.write(`${text}\n`);

const clients = await Promise.all(Array.from({ length: 20 }, async (_, i) => new Client({ pick: () => url, failed: () => {} }, await signUp(url, i))));
say(`Twenty people act for ${seconds} s.`);
const until = Date.now() + seconds * 1000;
const [kills] = await Promise.all([mischief(until, say), ...clients.map((client) => client.live(clients, until))]);
say(`Killed: ${kills.join(", ")}.`);
const waited = await settle();
say(`Quiet after ${waited.toFixed(1)} s.`);
const wrong = await verdict(clients);
const total = (pick: (client: Client) => number) => clients.reduce((sum, client) => sum + pick(client), 0);
say(`${total((c) => c.posts.size)} posts accepted, ${total((c) => c.retries)} requests repeated, ${total((c) => c.acted)} likes and follows.`);
for (const line of wrong.slice(0, 40)) say(`✗ ${line}`);
say(wrong.length === 0 ? "Nothing was lost and nothing was done twice." : `${wrong.length} things are wrong.`);
await closeDatabase();
process.exit(wrong.length === 0 ? 0 : 1);
