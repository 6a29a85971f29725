import { describe, expect, it } from "vitest";
import { feedRatio, fits, fullRatio, ratioOf } from "./frame";

const size = (width: number, height: number) => ({ width, height });

describe("the frame of a post", () => {
  it("keeps the first picture's shape in the feed, within bounds", () => {
    expect(feedRatio([size(1000, 1000), size(3000, 1000)])).toBe(1);
    expect(feedRatio([size(3000, 1000)])).toBe(1.91);
    expect(feedRatio([size(1000, 3000)])).toBe(0.8);
  });

  it("loses nothing of the tallest picture on the post's page", () => {
    expect(fullRatio([size(2000, 1000), size(900, 1600), size(1000, 1000)])).toBe(900 / 1600);
  });

  it("stands for pictures of which no size is known yet", () => {
    expect(ratioOf(size(0, 0))).toBe(1);
    expect(feedRatio([])).toBe(1);
    expect(fullRatio([])).toBe(1);
  });

  it("crops slivers and shows other shapes whole", () => {
    expect(fits(size(1080, 1350), 0.8)).toBe("cover");
    expect(fits(size(1000, 1200), 0.8)).toBe("cover");
    expect(fits(size(1600, 900), 0.8)).toBe("contain");
    expect(fits(size(900, 1600), 0.8)).toBe("contain");
  });
});
