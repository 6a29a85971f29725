import { describe, expect, it } from "vitest";
import type { NotificationKind } from "@/lib/notifications/types";
import { sectionOf } from "./sections";
import { wording } from "./wording";

describe("notifications in words", () => {
  it("has words for every kind, alone and in company", () => {
    const kinds: NotificationKind[] = ["follow", "follow_request", "follow_accepted", "like", "comment", "reply", "mention", "comment_like"];
    for (const kind of kinds) for (const actor_count of [1, 12]) expect(wording({ kind, actor_count, comment: null })).not.toBe("");
    expect(wording({ kind: "follow", actor_count: 1, comment: null })).toBe("follows you now");
    expect(wording({ kind: "follow", actor_count: 2, comment: null })).toBe("follow you now");
    expect(wording({ kind: "mention", actor_count: 1, comment: { id: "1", content: "hi" } })).toBe("mentioned you:");
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
