import { describe, expect, test } from "vitest";
import { widestFor, withinWidth } from "./thrift";

describe("readers who save data or have a slow connection", () => {
  test.each([
    [{}, null], [{ "save-data": "on" }, 640], [{ "save-data": "off" }, null], [{ ect: "slow-2g" }, 640], [{ ect: "2g" }, 640], [{ ect: "3g" }, 1080], [{ ect: "4g" }, null],
    [{ "save-data": "on", ect: "4g" }, 640], [{ ect: "nonsense" }, null],
  ])("%j: at most %s", (given, widest) => {
    expect(widestFor(new Headers(given))?.picture ?? null).toBe(widest);
  });

  test("get the smaller candidates, and always one", () => {
    const srcset = "/a?s=1 320w, /b?s=1 640w, /c?s=1 1080w, /d?s=1 1440w";
    expect(withinWidth(srcset, undefined)).toBe(srcset);
    expect(withinWidth(srcset, 1080)).toBe("/a?s=1 320w, /b?s=1 640w, /c?s=1 1080w");
    expect(withinWidth(srcset, 640)).toBe("/a?s=1 320w, /b?s=1 640w");
    expect(withinWidth("/x 700w", 640)).toBe("/x 700w");
  });
});
