import type { NotificationKind } from "@/lib/notifications/types";
import { extractText } from "@/lib/posts/text";
import { audienceOf, DAY, HOUR, type Member, type Plan } from "./plan";

interface Event { to: Member; from: Member; kind: NotificationKind; groupKey: string; dedupeKey: string; postId: string | null; commentId: string | null; at: Date }
export interface NoticeGroup { id: string; latestId: string; userId: string; kind: NotificationKind; groupKey: string; postId: string | null; commentId: string | null; actorCount: number; createdAt: Date; updatedAt: Date }
export interface NoticeActor { id: string; notificationId: string; actorId: string; userId: string; dedupeKey: string; commentId: string | null; createdAt: Date }

/** When a person looks at the notifications: about every other day, the last time some hours ago. */
const PERIOD = 1.7 * DAY;
export const lastLook = (member: Member, now: Date) => new Date(now.getTime() - (3 + (Number(BigInt(member.id) % 17n))) * HOUR);

/** What everybody was told, grouped as the notifier groups: what comes between two looks joins one group. */
export function planNotices(plan: Plan, now: Date, id: (at: Date) => string): { groups: NoticeGroup[]; actors: NoticeActor[] } {
  const groups = new Map<string, NoticeGroup & { who: Set<string> }>(), actors: NoticeActor[] = [];
  const events = [...listEvents(plan)].filter((e) => e.to !== e.from && e.at <= now && now.getTime() - e.at.getTime() < 30 * DAY).sort((a, b) => a.at.getTime() - b.at.getTime());
  for (const e of events) {
    const look = Math.ceil((e.at.getTime() - lastLook(e.to, now).getTime()) / PERIOD);
    const key = `${e.to.id} ${e.groupKey} ${look}`, at = id(e.at);
    const group = groups.get(key) ?? { id: at, latestId: at, userId: e.to.id, kind: e.kind, groupKey: e.groupKey, postId: e.postId, commentId: e.commentId, actorCount: 0, createdAt: e.at, updatedAt: e.at, who: new Set<string>() };
    groups.set(key, group);
    group.who.add(e.from.id);
    group.actorCount = group.who.size;
    group.latestId = at;
    group.updatedAt = e.at;
    group.commentId = e.commentId ?? group.commentId;
    actors.push({ id: at, notificationId: group.id, actorId: e.from.id, userId: e.to.id, dedupeKey: e.dedupeKey, commentId: e.commentId, createdAt: e.at });
  }
  return { groups: [...groups.values()].map(({ who: _, ...group }) => group), actors };
}

/** The same keys as the jobs in lib/notifications/jobs.ts use, so that a job that comes later does not tell again. */
function* listEvents({ members, follows, posts, likes, comments }: Plan): Generator<Event> {
  const byName = new Map(members.map((m) => [m.username.toLowerCase(), m])), maySee = audienceOf(follows);
  for (const { follower, followee, state, at } of follows) {
    const base = { postId: null, commentId: null, at };
    if (state === "requested") yield { ...base, to: followee, from: follower, kind: "follow_request", groupKey: `follow_request:${follower.id}`, dedupeKey: `follow_request:${follower.id}` };
    else if (followee.isPrivate) yield { ...base, to: follower, from: followee, kind: "follow_accepted", groupKey: "follow_accepted", dedupeKey: `follow_accepted:${followee.id}` };
    else yield { ...base, to: followee, from: follower, kind: "follow", groupKey: "follow", dedupeKey: `follow:${follower.id}` };
  }
  for (const { post, by, at } of likes) yield { to: post.author, from: by, kind: "like", groupKey: `like:${post.id}`, dedupeKey: `like:${post.id}:${by.id}`, postId: post.id, commentId: null, at };
  for (const post of posts) {
    for (const name of extractText(post.caption).mentions) {
      const to = byName.get(name);
      if (to && maySee(post.author, to)) yield { to, from: post.author, kind: "mention", groupKey: `mention:${post.id}`, dedupeKey: `mention:${post.id}`, postId: post.id, commentId: null, at: post.at };
    }
  }
  for (const { id, post, by, at, content, parent, likedBy } of comments) {
    const base = { from: by, postId: post.id, commentId: id, at };
    const told = new Set([by]);
    if (parent && !told.has(parent.by)) yield { ...base, to: parent.by, kind: "reply", groupKey: `reply:${parent.id}`, dedupeKey: `reply:${id}` };
    if (parent) told.add(parent.by);
    if (!told.has(post.author)) yield { ...base, to: post.author, kind: "comment", groupKey: `comment:${post.id}`, dedupeKey: `comment:${id}` };
    told.add(post.author);
    for (const name of extractText(content).mentions) {
      const to = byName.get(name);
      if (to && !told.has(to) && maySee(post.author, to)) yield { ...base, to, kind: "mention", groupKey: `mention:comment:${id}`, dedupeKey: `mention:${id}` };
    }
    for (const fan of likedBy) yield { to: by, from: fan, kind: "comment_like", groupKey: `comment_like:${id}`, dedupeKey: `comment_like:${id}:${fan.id}`, postId: post.id, commentId: id, at: new Date(at.getTime() + 60_000) };
  }
}
