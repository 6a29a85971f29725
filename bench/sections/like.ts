import { plainLike } from "../floors";
import { Meter } from "../meter";
import { signIn } from "../people";
import type { Line } from "../report";
import { atEachLane } from "./lanes";
import { publicPosts } from "./pages";

/** Each pair of reader and post is liked, then unliked; what follows in the worker (notifications) counts as cost. */
export async function like(): Promise<Line[]> {
  const [people, posts, meter] = [await signIn(50), await publicPosts(500), await new Meter().rest()];
  const pair = (i: number) => ({ person: people[(i >> 1) % people.length]!, post: posts[(i >> 1) % posts.length]! });
  const lines = await atEachLane(meter, {
    work: "like and unlike",
    call: (i) => ({ path: `/api/posts/${pair(i).post}/like`, method: i % 2 ? "DELETE" : "POST", headers: pair(i).person.headers }),
    floor: (lanes) => plainLike(posts, people[0]!.id, lanes),
  });
  await meter.close();
  return lines;
}
