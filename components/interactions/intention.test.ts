import { describe, expect, it } from "vitest";
import { intend, type Setting } from "./intention";
import type { Outcome } from "./request";

type Pending = { on: boolean; answer: (outcome: Outcome<{ like_count?: number }>) => void };

/** A server whose answers the test gives by hand, and the screen in front of it. */
function bench(start: Setting) {
  const pending: Pending[] = [];
  const problems: string[] = [];
  const bench = {
    shown: start,
    sent: [] as boolean[],
    problems,
    press(key: string, on: boolean) {
      return intend(key, bench.shown, on, {
        send: (target) => {
          bench.sent.push(target);
          return new Promise((answer) => pending.push({ on: target, answer }));
        },
        show: (setting) => void (bench.shown = setting),
        failed: (message) => problems.push(message),
      });
    },
    async answer(outcome: Outcome<{ like_count?: number }>) {
      pending.shift()!.answer(outcome);
      await new Promise((done) => setTimeout(done));
    },
  };
  return bench;
}

const ok = (like_count?: number): Outcome<{ like_count?: number }> => ({ ok: true, data: { like_count }, at: 1 });

describe("intend", () => {
  it("shows the like at once and then what the server counted", async () => {
    const page = bench({ on: false, count: 4 });
    const done = page.press("a", true);
    expect(page.shown).toEqual({ on: true, count: 5 });
    await page.answer(ok(9));
    await done;
    expect(page.shown).toEqual({ on: true, count: 9 });
    expect(page.sent).toEqual([true]);
  });

  it("sends one request at a time and lets the last intention win", async () => {
    const page = bench({ on: false, count: 0 });
    const done = page.press("b", true);
    await page.press("b", false);
    await page.press("b", true);
    await page.press("b", false);
    expect(page.sent).toEqual([true]);
    expect(page.shown).toEqual({ on: false, count: 0 });
    await page.answer(ok(1));
    expect(page.sent).toEqual([true, false]);
    await page.answer(ok(0));
    await done;
    expect(page.shown).toEqual({ on: false, count: 0 });
  });

  it("sends nothing more when the last intention is what the server has", async () => {
    const page = bench({ on: false, count: 0 });
    const done = page.press("c", true);
    await page.press("c", false);
    await page.press("c", true);
    await page.answer(ok(1));
    await done;
    expect(page.sent).toEqual([true]);
    expect(page.shown).toEqual({ on: true, count: 1 });
  });

  it("puts back and says why when the server cannot be reached", async () => {
    const page = bench({ on: false, count: 3 });
    const done = page.press("d", true);
    await page.answer({ ok: false, code: "offline", message: "You are offline." });
    await done;
    expect(page.shown).toEqual({ on: false, count: 3 });
    expect(page.problems).toEqual(["You are offline."]);
  });

  it("puts back to the last confirmed setting, not to the first", async () => {
    const page = bench({ on: false, count: 3 });
    const done = page.press("e", true);
    await page.press("e", false);
    await page.answer(ok(4));
    await page.answer({ ok: false, code: "unreachable", message: "no" });
    await done;
    expect(page.shown).toEqual({ on: true, count: 4 });
  });

  it("keeps a hidden count hidden", async () => {
    const page = bench({ on: false, count: null });
    const done = page.press("f", true);
    expect(page.shown).toEqual({ on: true, count: null });
    await page.answer({ ok: true, data: {}, at: 1 });
    await done;
    expect(page.shown).toEqual({ on: true, count: null });
  });
});
