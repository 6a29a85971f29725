import { describe, expect, it } from "vitest";
import type { NotificationKind } from "./types";
import { sectionOf } from "@/components/notifications/sections";
import { cutLine } from "./sentence";
import { wording } from "./wording";

describe("notifications in words", () => {
  it("has words for every kind, alone and in company", () => {
    // A kind that is new does not compile without a place here.
    const kinds: Record<NotificationKind, true> = {
      follow: true, follow_request: true, follow_accepted: true, like: true, comment: true, reply: true, mention: true, comment_like: true, tag: true, tag_request: true, collaboration: true, collaboration_accepted: true,
      repost: true, collection_shared: true, milestone: true, security: true,
    };
    for (const kind of Object.keys(kinds) as NotificationKind[]) for (const actor_count of [1, 12]) expect(wording({ kind, actor_count, comment: null })).not.toBe("");
    expect(wording({ kind: "follow", actor_count: 1, comment: null })).toBe("follows you now");
    expect(wording({ kind: "follow", actor_count: 2, comment: null })).toBe("follow you now");
    expect(wording({ kind: "mention", actor_count: 1, comment: { id: "1", content: "hi" } })).toBe("mentioned you:");
    expect(wording({ kind: "comment", actor_count: 1, comment: { id: "1", content: "hi" } })).toBe("commented:");
    expect(wording({ kind: "comment", actor_count: 1, comment: null })).toBe("commented");
    const alone = { actor_count: 0, comment: null };
    expect(wording({ ...alone, kind: "milestone", milestone: { of: "likes", count: 1000 } })).toBe("Your post has 1,000 likes");
    expect(wording({ ...alone, kind: "milestone", milestone: { of: "followers", count: 10 } })).toBe("You have 10 followers");
    expect(wording({ ...alone, kind: "security", security: { what: "signed_in", device: "Firefox on Linux" } })).toBe("New sign-in with Firefox on Linux");
    expect(wording({ ...alone, kind: "security", security: { what: "password", device: null } })).toBe("Your password was changed");
  });

  it("quotes what people see as characters, on one line, and within so many bytes", () => {
    expect(cutLine(" one\n two ", 20)).toBe("one two");
    expect(cutLine("👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧", 2)).toBe("👩‍👩‍👧👩‍👩‍👧…");
    expect(cutLine("👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧", 3)).toBe("👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧");
    expect(cutLine("👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧", 3, 40)).toBe("👩‍👩‍👧👩‍👩‍👧…");
    expect(cutLine(`a${"\u0301".repeat(4_000)}`, 120)).toBe("…");
  });

  it("stands under the heading of its age", () => {
    const now = Date.parse("2026-11-21T12:00:00.000Z");
    const at = (created_at: string) => sectionOf({ created_at }, now);
    expect(at("2026-11-21T11:59:00.000Z")).toBe("Today");
    expect(at("2026-11-20T12:00:01.000Z")).toBe("Today");
    expect(at("2026-11-20T11:59:59.000Z")).toBe("This week");
    expect(at("2026-11-14T12:00:01.000Z")).toBe("This week");
    expect(at("2026-11-01T00:00:00.000Z")).toBe("Earlier");
  });
});
