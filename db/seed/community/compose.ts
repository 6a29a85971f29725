import { PEOPLE } from "../people";
import { createRandom } from "../photos/random";
import { planFollows } from "./graph";
import { idMaker } from "./ids";
import { DAY, type Member, type Plan } from "./plan";
import { planPosts } from "./posts";
import { planReactions } from "./reactions";
import { planThreads } from "./threads";

/** Thinks out the whole community. The same moment gives the same plan; pictures do not depend on the moment at all. */
export function composeCommunity(now: Date): Plan {
  const random = createRandom("heliograph demo"), id = idMaker();
  const members: Member[] = PEOPLE.map((person, i) => {
    const days = person.posts < 4 ? 3 : 70 + random.range(0, 320) - i;
    const joined = new Date(now.getTime() - days * DAY);
    return { ...person, id: id(joined), joined };
  });
  const follows = planFollows(members, random.fork("follows"), now, id);
  const posts = planPosts(members, random.fork("posts"), now, id);
  const { likes, saves } = planReactions(members, follows, posts, random.fork("reactions"), now, id);
  const comments = planThreads(members, follows, likes, random.fork("threads"), now, id);
  return { members, follows, posts, likes, saves, comments };
}
