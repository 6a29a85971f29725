import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rank } from "./arrange";
import { RANKER_NAMES, RANKERS } from "./registry";
import { type Features, type Reader, SOURCES } from "./types";
import { packFacts, reasonOf, unpackFacts } from "./words";

let serial = 1;
const post = (given: Partial<Features> = {}): Features => ({
  postId: String(serial++), authorId: "7", source: "followed", company: 0, isVideo: false, ageHours: 5, likes: 3, comments: 1, audience: 40, interactions: 0, affinity: 0, seen: false, fewer: 0, ...given,
});
const reader = (given: Partial<Reader> = {}): Reader => ({ id: "1", day: "2026-03-01", lift: { video: 1, photo: 1 }, discovery: 0.5, best: 0.5, video: 0.5, ...given });
const score = (name: keyof typeof RANKERS, given: Partial<Features>, who = reader()) => rank(RANKERS[name], [post(given)], who)[0]!.score;

const features = fc.record<Features>({
  postId: fc.bigInt({ min: 1n, max: 2n ** 62n }).map(String), authorId: fc.nat({ max: 6 }).map(String), source: fc.constantFrom(...SOURCES), company: fc.nat({ max: 30 }), isVideo: fc.boolean(),
  ageHours: fc.double({ min: 0, max: 2_000, noNaN: true }), likes: fc.nat({ max: 5_000 }), comments: fc.nat({ max: 500 }), audience: fc.nat({ max: 1_000_000 }), interactions: fc.nat({ max: 100 }),
  affinity: fc.double({ min: 0, max: 80, noNaN: true }), seen: fc.boolean(), fewer: fc.nat({ max: 4 }),
});
const slider = fc.double({ min: 0, max: 1, noNaN: true });
const readers = fc.record({ id: fc.nat().map(String), day: fc.constant("2026-03-01"), lift: fc.record({ video: fc.double({ min: 0.1, max: 9, noNaN: true }), photo: fc.double({ min: 0.1, max: 9, noNaN: true }) }), discovery: slider, best: slider, video: slider });
const manyPosts = fc.uniqueArray(features, { selector: (one) => one.postId, maxLength: 40 });

describe("the founding formulas", () => {
  it("engagement-v1 has its golden values", () => {
    expect(score("engagement-v1", { likes: 100, comments: 20, ageHours: 1 })).toBe(760);
    expect(score("engagement-v1", { likes: 50, comments: 10, ageHours: 2 })).toBeCloseTo(463.333, 3);
    expect(score("engagement-v1", { likes: 200, comments: 50, ageHours: 24 })).toBe(590);
  });

  it("engagement-v1 puts what is older than 7 days after the rest, and never leaves a page empty", () => {
    const [old, young] = [post({ ageHours: 169, likes: 5_000 }), post({ ageHours: 167, likes: 0, comments: 0 })];
    expect(rank(RANKERS["engagement-v1"], [old, young], reader()).map((one) => one.features.postId)).toEqual([young.postId, old.postId]);
  });

  it("affinity-v1 has its golden values", () => {
    expect(score("affinity-v1", { likes: 10, comments: 4, ageHours: 2, interactions: 5 })).toBeCloseTo((0.3 * 5 + 0.5 * 2 + 0.2 * 0.5) * (1 - 2 / 24), 12);
    expect(score("affinity-v1", { likes: 100, comments: 20, ageHours: 1, interactions: 10 })).toBeCloseTo((30 + 10 + 0.2) * (23 / 24), 12);
    expect(score("affinity-v1", { likes: 12, comments: 0, ageHours: 12, interactions: 25 })).toBeCloseTo((0.3 + 0.2) / 2, 12);
    expect(score("affinity-v1", { likes: 9_999, comments: 99, ageHours: 24, interactions: 10 })).toBe(0);
    expect(score("affinity-v1", { ageHours: 0 })).toSatisfy(Number.isFinite);
  });
});

describe("every ranker", () => {
  it("gives a score that is the sum of its terms, loses nobody, and puts the best first", () => {
    fc.assert(fc.property(manyPosts, readers, fc.constantFrom(...RANKER_NAMES), (posts, who, name) => {
      const ranked = rank(RANKERS[name], posts, who);
      expect(ranked.map((one) => one.features.postId).toSorted()).toEqual(posts.map((one) => one.postId).toSorted());
      for (const { score: total, terms } of ranked) {
        expect(terms.reduce((sum, term) => sum + term.value, 0)).toBeCloseTo(total, 6);
        expect(Number.isFinite(total)).toBe(true);
      }
      // The same for everybody who asks twice, whatever the order of asking.
      expect(rank(RANKERS[name], posts.toReversed(), who).map((one) => one.features.postId)).toEqual(ranked.map((one) => one.features.postId));
      expect(rank(RANKERS[name], posts, who, 5)).toEqual(ranked.slice(0, 5));
    }));
  });

  it("says why in words that survive being stored", () => {
    fc.assert(fc.property(features, readers, fc.constantFrom(...RANKER_NAMES), (one, who, name) => {
      const [ranked] = rank(RANKERS[name], [one], who);
      const reason = reasonOf(unpackFacts(JSON.parse(JSON.stringify(packFacts(ranked!)))), "ada");
      expect(reason.text).toMatch(/^[A-Za-z].+/);
      expect(reason.terms.map((term) => term.name)).toEqual(ranked!.terms.map((term) => term.name));
      for (const [i, term] of reason.terms.entries()) {
        expect(term.text).toMatch(/^[A-Z0-9].+/);
        expect(term.value).toBeCloseTo(ranked!.terms[i]!.value, 2);
      }
    }));
  });
});

describe("the default ranker", () => {
  it("never puts two of an author in a row while there is another", () => {
    fc.assert(fc.property(manyPosts, readers, (posts, who) => {
      const authors = rank(RANKERS.default, posts, who).map((one) => one.features.authorId);
      for (let i = 1; i < authors.length; i++) if (authors[i] === authors[i - 1]) expect(new Set(authors.slice(i)).size).toBe(1);
    }));
  });

  it("has no cliff: a little older is a little less, at any age", () => {
    for (let hours = 0; hours < 400; hours += 0.5) {
      const step = score("default", { ageHours: hours, likes: 0, comments: 0, audience: 0 }) - score("default", { ageHours: hours + 0.1, likes: 0, comments: 0, audience: 0 });
      expect(step).toBeGreaterThan(0);
      expect(step).toBeLessThan(0.1);
    }
  });

  it("damps likes, and weighs them by age and audience", () => {
    const likes = (count: number, given: Partial<Features> = {}) => score("default", { likes: count, ...given });
    expect(likes(20) - likes(10)).toBeGreaterThan(0);
    expect(likes(1_010) - likes(1_000)).toBeLessThan((likes(20) - likes(10)) / 5);
    expect(likes(20, { audience: 40 })).toBeGreaterThan(likes(20, { audience: 100_000 }));
    const reception = (ageHours: number) => rank(RANKERS.default, [post({ likes: 10, ageHours })], reader())[0]!.terms.find((term) => term.name === "reception")!.value;
    expect(reception(1)).toBeGreaterThan(reception(40));
  });

  it("likes friends, what the reader likes, and lets what was seen and what is unwanted sink", () => {
    const base = score("default", {});
    expect(score("default", { affinity: 5, interactions: 5 })).toBeGreaterThan(base + 1);
    expect(score("default", { isVideo: true }, reader({ lift: { video: 3, photo: 0.3 } }))).toBeGreaterThan(base);
    expect(score("default", { seen: true })).toBeLessThan(base - 3);
    expect(score("default", { fewer: 1 })).toBeLessThan(base - 2);
    expect(score("default", { source: "popular" })).toBeLessThan(base);
  });

  it("obeys its sliders, which change everything at their ends", () => {
    const order = (posts: Features[], given: Partial<Reader>) => rank(RANKERS.default, posts, reader(given))[0]!.features.postId;
    const [friend, stranger] = [post({ affinity: 0, likes: 0 }), post({ source: "popular", likes: 60, authorId: "8", audience: 200 })];
    expect(order([friend, stranger], { discovery: 0 })).toBe(friend.postId);
    expect(order([friend, stranger], { discovery: 1 })).toBe(stranger.postId);
    const [fresh, best] = [post({ ageHours: 0.2, likes: 0, comments: 0 }), post({ ageHours: 40, likes: 80, authorId: "8" })];
    expect(order([fresh, best], { best: 0 })).toBe(fresh.postId);
    expect(order([fresh, best], { best: 1 })).toBe(best.postId);
    const [photo, video] = [post(), post({ isVideo: true, authorId: "8" })];
    expect(order([photo, video], { video: 0 })).toBe(photo.postId);
    expect(order([photo, video], { video: 1 })).toBe(video.postId);
  });

  it("does not let one author flood a page", () => {
    const flood = Array.from({ length: 20 }, () => post({ authorId: "1", affinity: 8, interactions: 8 }));
    const others = Array.from({ length: 12 }, (_, i) => post({ authorId: String(10 + i) }));
    const page = rank(RANKERS.default, [...flood, ...others], reader()).slice(0, 20);
    expect(page.filter((one) => one.features.authorId === "1").length).toBeLessThanOrEqual(10);
    expect(page.some((one) => one.terms.some((term) => term.name === "variety" && term.value < 0))).toBe(true);
  });

  it("gives fresh posts of small accounts a chance, the same all day and another the next", () => {
    const posts = Array.from({ length: 2_000 }, (_, i) => post({ source: "small_account", authorId: String(i), audience: 3, ageHours: 2 }));
    const lucky = (who: Reader, given: Partial<Features> = {}) => new Set(posts.filter((one) => RANKERS.default.terms({ ...one, ...given }, who).some((term) => term.name === "chance")).map((one) => one.postId));
    expect(lucky(reader()).size / posts.length).toBeGreaterThan(0.07);
    expect(lucky(reader()).size / posts.length).toBeLessThan(0.13);
    expect(lucky(reader())).toEqual(lucky(reader()));
    expect(lucky(reader({ day: "2026-03-02" }))).not.toEqual(lucky(reader()));
    expect(lucky(reader(), { ageHours: 40 }).size + lucky(reader(), { audience: 5_000 }).size + lucky(reader(), { likes: 4 }).size + lucky(reader(), { source: "followed" }).size).toBe(0);
  });
});
