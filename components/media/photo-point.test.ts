import { describe, expect, it } from "vitest";
import { pointInFrame } from "./photo-point";

describe("a point of a picture in its frame", () => {
  it("lies where the picture shows it", () => {
    expect(pointInFrame({ x: 0.3, y: 0.7 }, 1.5, 1.5, "cover")).toEqual({ left: 0.3, top: 0.7 });
    // A panorama in a square: bars above and below.
    expect(pointInFrame({ x: 0, y: 0 }, 2, 1, "contain")).toEqual({ left: 0, top: 0.25 });
    expect(pointInFrame({ x: 1, y: 1 }, 0.5, 1, "contain")).toEqual({ left: 0.75, top: 1 });
    // Its sides are cut off.
    expect(pointInFrame({ x: 0.5, y: 0.5 }, 2, 1, "cover")).toEqual({ left: 0.5, top: 0.5 });
    expect(pointInFrame({ x: 0.25, y: 0.1 }, 2, 1, "cover")).toEqual({ left: 0, top: expect.closeTo(0.1) });
    expect(pointInFrame({ x: 0.1, y: 0.5 }, 2, 1, "cover")).toBeNull();
  });
});
