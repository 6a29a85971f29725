import { expect, it } from "vitest";
import { EXPLORE_PART, largeAt } from "./mosaic";

it("fills whole rows of three with every part", () => {
  const cells = Array.from({ length: EXPLORE_PART }, (_, i) => (largeAt(i) ? 4 : 1)).reduce((sum, n) => sum + n, 0);
  expect(cells % 3).toBe(0);
  expect(largeAt(1)).toBe("right");
  expect(largeAt(9)).toBe("left");
  expect(largeAt(EXPLORE_PART + 1)).toBe("right");
});
