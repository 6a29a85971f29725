import { describe, expect, it } from "vitest";
import { QUICK_EMOJI, readEmoji } from "@/lib/interactions/emoji";
import { EMOJI_GROUPS } from "./emoji-groups";
import { withReaction } from "./use-reactions";

describe("the picker", () => {
  it("offers whole emoji, each once", () => {
    const all = EMOJI_GROUPS.flatMap(({ emoji }) => emoji);
    expect(all.length).toBeGreaterThan(200);
    expect([...all, ...QUICK_EMOJI].filter((emoji) => readEmoji(emoji) !== emoji)).toEqual([]);
    expect(all.filter((emoji, at) => all.indexOf(emoji) !== at)).toEqual([]);
  });
});

describe("one's own reaction on the screen", () => {
  it("comes, goes, and leaves the others as they are", () => {
    const list = [{ emoji: "🔥", count: 2, mine: false }];
    expect(withReaction(list, "🔥", true)).toEqual([{ emoji: "🔥", count: 3, mine: true }]);
    expect(withReaction(list, "🔥", false)).toBe(list);
    const both = withReaction(list, "👏", true);
    expect(both).toEqual([...list, { emoji: "👏", count: 1, mine: true }]);
    expect(withReaction(both, "👏", false)).toEqual(list);
    expect(withReaction([{ emoji: "🔥", count: null, mine: false }], "👏", true)[1]).toEqual({ emoji: "👏", count: null, mine: true });
  });
});
