import { expect, test } from "vitest";
import { myTurn } from "./turns";

test("gives one turn each round of the event loop, in order, also to those who come back", async () => {
  const order: string[] = [];
  let rounds = 0;
  let isOver = false;
  const count = () => isOver || (rounds++, setImmediate(count));
  setImmediate(count);
  await Promise.all(["a", "b", "c"].map(async (name) => {
    for (let i = 0; i < 2; i++) {
      await myTurn();
      order.push(name);
    }
  }));
  isOver = true;
  expect(order.join("")).toBe("abcabc");
  expect(rounds).toBeGreaterThanOrEqual(5);
});
