import { describe, expect, it } from "vitest";
import { demoVisits } from "@/lib/testing/demo-visits";
import { type Measure, measure } from "@/lib/testing/ranker-measure";
import { visitsOf } from "@/lib/testing/taste-world";

/** The offline measure (lib/decisions) on a small world: whoever changes the default ranker learns here whether it became worse than the others. */
function expectBest(measured: Record<string, Measure>) {
  const { default: ours, ...others } = measured;
  for (const [name, other] of Object.entries(others)) {
    expect(ours!.recall, `recall against ${name}`).toBeGreaterThanOrEqual(other.recall);
    expect(ours!.ndcg, `NDCG against ${name}`).toBeGreaterThan(other.ndcg);
    expect(ours!.rank, `mean rank against ${name}`).toBeLessThan(other.rank);
  }
}

describe("the offline measure", () => {
  it("puts the default ranker before both founding formulas and newest first, in worlds of hidden tastes", () => {
    for (const seed of ["small one", "small two"]) expectBest(measure(visitsOf({ seed, people: 120, days: 24, judgedFrom: 20 })));
  }, 60_000);

  it("does so in the demo community", () => expectBest(measure(demoVisits())), 60_000);

  it("is the same each time", () => {
    const world = { seed: "again", people: 40, days: 10, judgedFrom: 8 };
    expect(measure(visitsOf(world))).toEqual(measure(visitsOf(world)));
  });
});
