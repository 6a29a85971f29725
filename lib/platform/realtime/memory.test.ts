import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { History, RESUME_MS } from "./history";
import { readSignal, subjectOf } from "./signals";
import { readEventId, writeEventId } from "./stream";
import { Throttle } from "./throttle";

describe("what is held back", () => {
  it("passes the first at once and the rest together, the last of each name", async () => {
    const passed: [string, string[]][] = [];
    const throttle = new Throttle<string>(300, (item) => item[0]!, (items, subject) => passed.push([subject, items]));
    for (const item of ["a1", "a2", "b1", "a3"]) throttle.add("x", item);
    throttle.add("y", "c1");
    expect(passed).toEqual([["x", ["a1"]], ["y", ["c1"]]]);
    await pause(450);
    expect(passed.slice(2)).toEqual([["x", ["b1", "a3"]]]);
    throttle.add("x", "a4");
    expect(passed).toHaveLength(3);
    await pause(600);
    expect(passed.slice(3)).toEqual([["x", ["a4"]]]);
    throttle.add("x", "a5");
    expect(passed.at(-1)).toEqual(["x", ["a5"]]);
  });

  it("is bounded", async () => {
    const passed: number[] = [];
    const throttle = new Throttle<number>(20, String, (items) => passed.push(items.length));
    for (let i = 0; i < 5_000; i++) throttle.add("x", i);
    await pause(50);
    expect(passed).toEqual([1, 200]);
  });
});

describe("what is told together", () => {
  it("is not pushed out by how far many have read", () => {
    const of = (what: "seen" | "changed" | "thread", who: string) => subjectOf({ event: "message", id: "1", of: who, what });
    expect([of("changed", "2"), of("thread", "3")]).toEqual(["message:1", "message:1"]);
    expect(of("seen", "4")).not.toBe("message:1");
  });
});

describe("what was heard lately", () => {
  const post = (id: number) => ({ event: "post", id: String(id) }) as const;

  it("is told again from a moment on, once for each thing, in order", () => {
    const now = Date.now();
    const history = new History(now - 100_000);
    [1, 2, 1, 3].forEach((id, i) => history.add(post(id), now - 40_000 + i * 10_000));
    expect(history.from(now - 40_000)).toEqual([post(2), post(1), post(3)]);
    expect(history.from(now - 14_000)).toEqual([post(3)]);
    expect(history.from(now)).toEqual([]);
  });

  it("says when it does not reach", () => {
    const now = Date.now();
    const history = new History(now - 20_000, 3);
    expect(history.from(now - 21_000)).toBeNull();
    expect(history.from(now - 10_000)).toEqual([]);
    [1, 2, 3, 4].forEach((id, i) => history.add(post(id), now - 4_000 + i));
    expect(history.from(now - 10_000)).toBeNull();
    expect(new History(0).from(now - RESUME_MS - 1)).toBeNull();
    expect(new History(0).from(Date.now() + 60_000)).toBeNull();
    history.beginAt(now);
    expect(history.from(now)).toBeNull();
  });
});

describe("what comes from outside", () => {
  it("is a signal or nothing", () => {
    expect(readSignal('{"event":"comment","id":"1","of":"2","gone":true,"more":1}')).toEqual({ event: "comment", id: "1", of: "2", gone: true });
    expect(readSignal('{"event":"message","id":"1","of":"2","what":"sung"}')).toEqual({ event: "message", id: "1", of: "2" });
    for (const text of ["", "null", "7", "{}", '{"event":"post"}', '{"event":"weather","id":"1"}', '{"event":"post","id":1}']) expect(readSignal(text)).toBeNull();
  });

  it("is an id of an event or none", () => {
    const now = Date.now();
    expect(readEventId(writeEventId(now))).toBe(now);
    for (const id of ["", "7", "é", "zzzzzzzzzzzz", undefined]) expect(readEventId(id)).toBeNull();
  });
});
