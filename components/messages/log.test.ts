import { describe, expect, it } from "vitest";
import type { MessageView } from "@/lib/messages/types";
import { compareIds } from "@/lib/platform/compare-ids";
import { isEmojiOnly, merge, patch, place, withAnswers } from "./log";

const START = Date.parse("2026-11-12T09:00:00Z");

const message = (id: string, { by = "ada", minute = Number(id), ...rest }: Partial<MessageView> & { by?: string; minute?: number } = {}): MessageView => ({
  id, thread_id: "1", client_id: null, sender: { id: by, username: by, full_name: by, avatar_url: null, is_verified: false }, is_mine: by === "me", is_unsent: false, event: null, text: id, mentions: [],
  media: [], voice: null, shared: null, reply_to: null, reactions: [], is_covered: false, is_edited: false, editable_until: null, vanishes_at: null, created_at: new Date(START + minute * 60_000).toISOString(), ...rest,
});
const ids = (messages: readonly MessageView[]) => messages.map(({ id }) => id);

describe("the log of a conversation", () => {
  it("orders ids as numbers", () => {
    expect(["10", "9", "100", "99"].sort(compareIds)).toEqual(["9", "10", "99", "100"]);
    expect(compareIds("7", "7")).toBe(0);
  });

  it("has each message once, in order, as it was last heard of", () => {
    const known = ["5", "9", "10"].map((id) => message(id));
    expect(ids(merge(known, [message("11"), message("12")]))).toEqual(["5", "9", "10", "11", "12"]);
    const merged = merge(known, [message("3"), message("9", { text: "changed" }), message("11")]);
    expect(ids(merged)).toEqual(["3", "5", "9", "10", "11"]);
    expect(merged[2]!.text).toBe("changed");
    expect(ids(merge([], known))).toEqual(["5", "9", "10"]);
  });

  it("drops what was asked for and is not there, and nothing else", () => {
    const known = ["1", "2", "3"].map((id) => message(id));
    const after = patch(known, ["2", "3"], [message("3", { text: "new" })]);
    expect(after.map(({ id, text }) => [id, text])).toEqual([["1", "1"], ["3", "new"]]);
  });

  it("looks again at what answers a message, too, whether that is shown or not", () => {
    const reply_to = { id: "2", sender: message("2").sender, excerpt: "2", is_gone: false };
    const known = [message("3"), message("4", { reply_to }), message("5", { reply_to: { ...reply_to, excerpt: "", is_gone: true } })];
    expect(withAnswers([message("2"), ...known], ["2"])).toEqual(["2", "4"]);
    expect(withAnswers(known, ["2"])).toEqual(["4"]);
    expect(withAnswers(known, ["9"])).toEqual([]);
  });

  it("puts together what one person says in one go", () => {
    const placed = place([message("1"), message("2"), message("3", { by: "bo" }), message("4", { minute: 30, by: "bo" }), message("5", { minute: 200, by: "bo" })], null);
    expect(placed.map(({ isFirst }) => isFirst)).toEqual([true, false, true, true, true]);
    expect(placed.map(({ isLast }) => isLast)).toEqual([false, true, true, true, true]);
    expect(placed.map(({ hasTime }) => hasTime)).toEqual([true, false, false, false, true]);
  });

  it("divides before the first unread one that others wrote", () => {
    const messages = [message("1"), message("2", { by: "me" }), message("3", { by: "me" }), message("4"), message("5")];
    expect(place(messages, "1").map(({ hasDivider }) => hasDivider)).toEqual([false, false, false, true, false]);
    expect(place(messages, "5").some(({ hasDivider }) => hasDivider)).toBe(false);
    expect(place(messages, null).some(({ hasDivider }) => hasDivider)).toBe(false);
  });

  it("knows a few emoji from words", () => {
    for (const text of ["😂", "❤️ 🔥", "👩‍👩‍👧 🏳️‍🌈 🇩🇪"]) expect([text, isEmojiOnly(text)]).toEqual([text, true]);
    for (const text of ["", "1", "ok 😂", "😂😂😂😂", "#"]) expect([text, isEmojiOnly(text)]).toEqual([text, false]);
  });
});
