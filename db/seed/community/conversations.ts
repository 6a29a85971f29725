import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import * as schema from "@/db/schema";
import { idMaker } from "./ids";
import { HOUR, type Member, MINUTE, type Plan } from "./plan";

type Said = { by: Member; text: string; shares?: string };
type Talk = { people: Member[]; name: string | null; ago: number; said: Said[]; isAsked?: boolean };

const PAIR_TALKS: readonly (readonly string[])[] = [
  ["That light in your last photo!", "Thank you. I waited an hour for it.", "Worth it. Which lens was that?", "The old 50. It flares, and I like that."],
  ["Are you coming to the harbour on Saturday?", "If it does not rain.", "It never rains before ten.", "Then I am there at six."],
  ["I printed your picture of the bridge, it hangs above my desk now.", "Really? Send me a photo of it.", "When I have tidied the desk."],
  ["Where did you find that stairway?", "Behind the market, the second gate on the left.", "I must have passed it a hundred times.", "Go in the evening, the sun comes straight through."],
];
const GROUP_TALK = ["Who walks along on Sunday?", "Me, if we begin early.", "I bring coffee.", "Then I bring the good film.", "Meet at the old mill, at six?", "Six it is."];
const REQUEST = "Hello, we have never met. I love how you see the city. May I ask where you took your last photo?";

/** People who follow each other, each pair once, in the order of the plan. */
function friendsOf({ members, follows }: Plan): [Member, Member][] {
  const known = new Set(follows.filter(({ state }) => state === "active").map(({ follower, followee }) => `${follower.id} ${followee.id}`));
  const follows2 = (a: Member, b: Member) => known.has(`${a.id} ${b.id}`) && known.has(`${b.id} ${a.id}`);
  return members.flatMap((a, i) => members.slice(i + 1).filter((b) => follows2(a, b)).map((b): [Member, Member] => [a, b]));
}

/** Some conversations of two, those of the first member before all, a group of friends, and the request of somebody unknown. */
export function planTalks(plan: Plan): Talk[] {
  const [first] = plan.members;
  if (!first) return [];
  const friends = friendsOf(plan);
  const pairs = [...friends.filter((pair) => pair.includes(first)).slice(0, 4), ...friends.filter((pair) => !pair.includes(first)).slice(0, 8)];
  const talks: Talk[] = pairs.map(([a, b], i) => ({ people: [a, b], name: null, ago: (2 + i * 5) * HOUR, said: PAIR_TALKS[i % PAIR_TALKS.length]!.map((text, n) => ({ by: n % 2 === 0 ? b : a, text, ...(n === 0 ? lastPostOf(plan, a) : {}) })) }));
  const circle = [first, ...friends.filter((pair) => pair.includes(first)).map(([a, b]) => (a === first ? b : a)).slice(0, 5)];
  if (circle.length > 2) talks.push({ people: circle, name: "Sunday walks", ago: HOUR, said: GROUP_TALK.map((text, n) => ({ by: circle[n % circle.length]!, text })) });
  const follows = new Set(plan.follows.filter(({ follower }) => follower === first).map(({ followee }) => followee.id));
  const stranger = plan.members.find((member) => member !== first && !follows.has(member.id));
  if (stranger) talks.push({ people: [first, stranger], name: null, ago: 3 * HOUR, said: [{ by: stranger, text: REQUEST }], isAsked: true });
  return talks;
}

const lastPostOf = ({ posts }: Plan, author: Member): { shares?: string } => {
  const post = author.isPrivate ? undefined : posts.findLast((one) => one.author === author);
  return post ? { shares: post.id } : {};
};

/** Writes them as of some hours ago; the newest of the first member's is unread. */
export async function writeTalks(tx: Transaction, plan: Plan, now: Date): Promise<void> {
  const id = idMaker();
  for (const { people, name, ago, said, isAsked = false } of planTalks(plan)) {
    const began = now.getTime() - ago - said.length * 4 * MINUTE;
    const rows = said.map((one, n) => ({ ...one, at: new Date(began + n * 4 * MINUTE), id: id(new Date(began + n * 4 * MINUTE)) }));
    const [thread, last] = [id(new Date(began - MINUTE)), rows.at(-1)!];
    const isPair = name === null;
    await tx.insert(schema.threads).values({ id: thread, kind: isPair ? "pair" : "group", name, lastId: last.id, createdAt: new Date(began - MINUTE), pairKey: isPair ? people.map((one) => one.id).sort((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1)).join(":") : null });
    await tx.insert(schema.messages).values(rows.map((row) => ({ id: row.id, threadId: thread, senderId: row.by.id, text: row.text, createdAt: row.at, sharedKind: row.shares ? ("post" as const) : null, sharedId: row.shares ?? null })));
    for (const [n, person] of people.entries()) {
      const isAskedOf = isAsked && n === 0;
      await tx.execute(sql`
        insert into thread_members (thread_id, user_id, role, folder, is_listed, is_accepted, last_id, read_id, read_at, joined_at) values (${thread}::bigint, ${person.id}::bigint, ${!isPair && n === 0 ? "admin" : "member"}, ${isAskedOf ? "requests" : "inbox"}, true,
          ${!isAskedOf}, ${last.id}::bigint, ${n === 0 && last.by !== person ? (rows.at(-2)?.id ?? "0") : last.id}::bigint, now(), ${new Date(began).toISOString()}::timestamptz)`);
    }
  }
}
