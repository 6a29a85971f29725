import { plainLike } from "../floors";
import { inTurns } from "../load";
import { Meter } from "../meter";
import { signIn } from "../people";
import type { Line } from "../report";
import { atEachLane } from "./lanes";
import { publicPosts } from "./pages";

/** Each pair of reader and post is liked, then unliked; what follows in the worker (notifications) counts as cost. */
export async function like(): Promise<Line[]> {
  const [people, posts, meter] = [await signIn(50), await publicPosts(500), await new Meter().rest()];
  const lines = await atEachLane(meter, {
    work: "like and unlike",
    call: inTurns((k, isBack) => ({ path: `/api/posts/${posts[k % posts.length]!}/like`, method: isBack ? "DELETE" : "POST", headers: people[k % people.length]!.headers })),
    floor: (lanes) => plainLike(posts, people[0]!.id, lanes),
  });
  await meter.close();
  return lines;
}
