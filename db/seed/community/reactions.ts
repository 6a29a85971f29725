import type { Random } from "../photos/random";
import { audienceOf, type Follow, HOUR, type Mark, type Member, MINUTE, type PlannedPost } from "./plan";

/** Who liked and who kept which post. Most come in the first hours; what would lie ahead has not happened yet. */
export function planReactions(members: readonly Member[], follows: readonly Follow[], posts: readonly PlannedPost[], random: Random, now: Date, id: (at: Date) => string): { likes: Mark[]; saves: Mark[] } {
  const maySee = audienceOf(follows), followers = new Set(follows.filter((f) => f.state === "active").map((f) => `${f.follower.id} ${f.followee.id}`));
  const likes: Mark[] = [], saves: Mark[] = [];
  for (const post of posts) {
    for (const by of members) {
      if (by === post.author || !maySee(post.author, by)) continue;
      const isFollower = followers.has(`${by.id} ${post.author.id}`);
      if (!random.chance(isFollower ? 0.12 + 0.8 * post.appeal : 0.12 * post.appeal)) continue;
      const at = soon(post.at, random, by);
      if (at >= now) continue;
      likes.push({ id: "", post, by, at });
      const later = new Date(at.getTime() + random.range(0.1, 20) * MINUTE);
      if (random.chance(0.1 * post.appeal) && later < now) saves.push({ id: "", post, by, at: later });
    }
  }
  for (const list of [likes, saves]) {
    list.sort((a, b) => a.at.getTime() - b.at.getTime());
    for (const mark of list) mark.id = id(mark.at);
  }
  return { likes, saves };
}

/** A moment after a post, within minutes or hours, rarely days; never before the person had joined. */
export function soon(after: Date, random: Random, by: Member): Date {
  // Some have the app open.
  if (random.chance(0.35)) return new Date(Math.max(after.getTime(), by.joined.getTime()) + random.range(0.5, 25) * MINUTE);
  const hours = 0.03 + 14 * -Math.log(1 - random.next()) * random.next() ** 1.8;
  return new Date(Math.max(after.getTime(), by.joined.getTime()) + hours * HOUR);
}
