import { composeCommunity } from "../../db/seed/community/compose";
import { DAY, type Member, type Plan, type PlannedPost } from "../../db/seed/community/plan";
import type { Features } from "../feed/rankers/types";
import type { Visit } from "./taste-world";

const NOW = new Date("2026-03-01T18:00:00Z");
/** Visits are judged at each of so many days before the end, by what was liked within two days after. */
const MOMENTS_DAYS = Array.from({ length: 20 }, (_, i) => 1.3 + 2.1 * i);
const AFTER = 2 * DAY;

/** The demo community, looked at as it was on some days: what each member could be shown, and what of it they liked soon after. */
export function* demoVisits(): Generator<Visit> {
  const plan = composeCommunity(NOW);
  const follows = new Map<Member, Set<Member>>(plan.members.map((member) => [member, new Set()]));
  for (const follow of plan.follows) if (follow.state === "active") follows.get(follow.follower)!.add(follow.followee);
  for (const days of MOMENTS_DAYS) for (const member of plan.members) yield visit(plan, follows, member, NOW.getTime() - days * DAY);
}

function visit(plan: Plan, follows: Map<Member, Set<Member>>, member: Member, at: number): Visit {
  const friends = follows.get(member)!;
  const past = <T extends { at: Date }>(list: readonly T[]) => list.filter((one) => one.at.getTime() < at);
  const marks = [...past(plan.likes).map((mark) => ({ ...mark, weight: 1 })), ...past(plan.saves).map((mark) => ({ ...mark, weight: 2 })), ...past(plan.comments).map((mark) => ({ ...mark, weight: 2 }))];
  const mine = marks.filter((mark) => mark.by === member);
  const done = new Set(mine.map((mark) => mark.post));
  const [likes, comments, company] = [tally(past(plan.likes)), tally(past(plan.comments)), tally(past(plan.likes).filter((mark) => friends.has(mark.by)))];
  const open = past(plan.posts).filter((post) => post.author !== member && !done.has(post) && (friends.has(post.author) || !post.author.isPrivate));
  const featuresOf = (post: PlannedPost): Features => {
    const near = mine.filter((mark) => mark.post.author === post.author);
    const source = friends.has(post.author) ? "followed" : company.has(post) ? "liked_by_followed" : "popular";
    return {
      postId: post.id, authorId: post.author.id, source, company: company.get(post) ?? 0, isVideo: false, ageHours: (at - post.at.getTime()) / 3_600_000, likes: likes.get(post) ?? 0, comments: comments.get(post) ?? 0,
      audience: [...follows.values()].filter((set) => set.has(post.author)).length, interactions: near.length,
      affinity: near.reduce((sum, mark) => sum + mark.weight * 0.5 ** ((at - mark.at.getTime()) / (30 * DAY)), 0), seen: false, fewer: 0,
    };
  };
  const later = plan.likes.filter((mark) => mark.by === member && mark.at.getTime() >= at && mark.at.getTime() < at + AFTER);
  const posts = open.slice(-300).map(featuresOf);
  const shown = new Set(posts.map((post) => post.postId));
  const reader = { id: member.id, day: new Date(at).toISOString().slice(0, 10), lift: { video: 1, photo: 1 }, discovery: 0.5, best: 0.5, video: 0.5 };
  return { posts, reader, liked: new Set(later.map((mark) => mark.post.id).filter((id) => shown.has(id))) };
}

function tally(marks: readonly { post: PlannedPost }[]): Map<PlannedPost, number> {
  const counts = new Map<PlannedPost, number>();
  for (const { post } of marks) counts.set(post, (counts.get(post) ?? 0) + 1);
  return counts;
}
