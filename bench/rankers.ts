import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { demoVisits } from "@/lib/testing/demo-visits";
import { type Measure, measure } from "@/lib/testing/ranker-measure";
import { visitsOf } from "@/lib/testing/taste-world";
import { bareRoute, oneQuery } from "./floors";
import { load } from "./load";
import { signIn } from "./people";
import type { Line } from "./report";

const say = (text: string) => process.stdout.write(`${text}\n`);

/** How early rankers put what people like (printed), and how long a visit to "For you" takes in the generated world. */
export async function rankers(): Promise<Line[]> {
  say(quality("Hidden tastes: 400 people, 35 days, the last week judged", measure(visitsOf({ seed: "bench", people: 400, days: 35, judgedFrom: 28 }))));
  say(quality("The demo community on twenty days", measure(demoVisits())));
  const people = await signIn(50);
  // They like some of what they see, so that there is something to weigh.
  for (const { id } of people) {
    await db().execute(sql`
      insert into likes (post_id, user_id) select p.id, ${id}::bigint from follows f cross join lateral (select id from posts where author_id = f.followee_id order by id desc limit 2) p
      where f.follower_id = ${id}::bigint limit 60 on conflict do nothing`);
  }
  const lines: Line[] = [];
  for (const lanes of [1, 8]) {
    const ask = (path: string, count: number) => load(process.env.TRIAL_URL!, lanes, count, (i) => ({ path, headers: people[i % 50]!.headers }));
    await ask("/api/feed/algorithmic", 100);
    const bare = await bareRoute(lanes);
    lines.push({ work: "For you, ranked anew, JSON, 20 posts", lanes, measured: await ask("/api/feed/algorithmic", 400), floor: lanes === 1 ? await oneQuery(people.map((person) => person.id)) : bare });
    lines.push({ work: "Following, JSON, 20 posts", lanes, measured: await ask("/api/feed", 400), floor: bare });
  }
  return lines;
}

/** A Markdown table, ready for lib/decisions. */
function quality(title: string, measured: Record<string, Measure>): string {
  const rows = Object.entries(measured).map(([name, { recall, ndcg, rank }]) => `| ${name} | ${recall.toFixed(3)} | ${ndcg.toFixed(3)} | ${rank.toFixed(1)} |`);
  const visits = Object.values(measured)[0]!.visits;
  return [`\n${title}; ${visits} visits\n`, "| order | recall at 20 | NDCG at 20 | mean place of what is liked |", "|---|---|---|---|", ...rows].join("\n");
}
