import { describe, expect, it } from "vitest";
import { isReserved } from "@/lib/accounts/reserved-names";
import { skeletonOf } from "@/lib/accounts/skeleton";
import { usernameProblem } from "@/lib/accounts/username";
import { extractText } from "@/lib/posts/text";
import { composeCommunity } from "./compose";
import { idMaker } from "./ids";
import { planNotices } from "./notices";
import { audienceOf } from "./plan";

const now = new Date("2026-11-21T12:00:00Z");
const plan = composeCommunity(now);
const { members, posts, follows, likes, saves, comments } = plan;

describe("the demo community", () => {
  it("is the same for the same moment", () => {
    expect(JSON.stringify(composeCommunity(now).posts.map((p) => [p.id, p.caption, p.series]))).toBe(JSON.stringify(posts.map((p) => [p.id, p.caption, p.series])));
  });

  it("has thirty people with names that the sign-up would take", () => {
    expect(members).toHaveLength(30);
    for (const { username } of members) expect([username, usernameProblem(username), isReserved(username)]).toEqual([username, null, false]);
    expect(new Set(members.map((m) => skeletonOf(m.username))).size).toBe(30);
  });

  it("has three hundred posts of one to six photos, each with alt text, within the limits", () => {
    expect(posts).toHaveLength(300);
    for (const post of posts) {
      expect(post.alts).toHaveLength(post.series.shots);
      expect(post.alts.every((alt) => alt.length > 10 && alt.length < 300)).toBe(true);
      expect([...post.caption].length).toBeLessThanOrEqual(2200);
    }
    expect(new Set(posts.map((post) => post.series.shots))).toEqual(new Set([1, 2, 3, 4, 5, 6]));
    expect(Math.max(...posts.map((post) => [...post.caption].length))).toBeGreaterThan(2000);
  });

  it("has nothing of the future, nothing before its cause, and no id twice", () => {
    const all = [...posts, ...likes, ...saves, ...comments, ...follows];
    expect(all.every(({ at }) => at < now)).toBe(true);
    expect([...likes, ...saves, ...comments].every(({ post, at }) => at > post.at)).toBe(true);
    expect(comments.every(({ parent, at, post }) => !parent || (parent.at < at && parent.post === post && parent.parent === null))).toBe(true);
    expect(posts.every(({ author, at }) => at > author.joined)).toBe(true);
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  });

  it("lets only accepted followers react to the private account, and everybody follow the popular one", () => {
    const maySee = audienceOf(follows);
    expect([...likes, ...saves, ...comments].every(({ post, by }) => maySee(post.author, by))).toBe(true);
    const popular = members.find((m) => m.isPopular)!, hidden = members.find((m) => m.isPrivate)!;
    expect(follows.filter((f) => f.followee === popular)).toHaveLength(29);
    expect(follows.filter((f) => f.followee === hidden && f.state === "requested")).toHaveLength(3);
  });

  it("names only people who exist, and says hardly anything twice", () => {
    const names = new Set(members.map((m) => m.username));
    for (const text of [...posts.map((p) => p.caption), ...comments.map((c) => c.content)]) for (const name of extractText(text).mentions) expect(names).toContain(name);
    const words = posts.map((post) => post.caption.replace(/#\S+/g, "").trim()).filter((text) => text.length > 20);
    expect(new Set(words).size).toBeGreaterThan(words.length * 0.6);
  });

  it("tells each person once of each thing", () => {
    const { groups, actors } = planNotices(plan, now, idMaker());
    expect(new Set(actors.map((a) => `${a.userId} ${a.dedupeKey}`)).size).toBe(actors.length);
    const sums = new Map<string, Set<string>>();
    for (const actor of actors) sums.set(actor.notificationId, (sums.get(actor.notificationId) ?? new Set()).add(actor.actorId));
    for (const group of groups) expect(group.actorCount).toBe(sums.get(group.id)!.size);
  });
});
