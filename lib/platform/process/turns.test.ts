import { expect, test } from "vitest";
import { placeInLine } from "./turns";

test("gives one turn at a time, first to whoever came first, and lets others work in between", async () => {
  const order: string[] = [];
  let rounds = 0;
  let isOver = false;
  const count = () => isOver || (rounds++, setImmediate(count));
  setImmediate(count);
  const places = ["a", "b", "c"].map((name) => ({ name, myTurn: placeInLine() }));
  await Promise.all(places.reverse().map(async ({ name, myTurn }) => {
    for (let i = 0; i < 2; i++) {
      await myTurn();
      order.push(name);
    }
  }));
  isOver = true;
  expect(order.join("")).toBe("aabbcc");
  expect(rounds).toBeGreaterThanOrEqual(5);
});

test("holds nobody up for one who has nothing to bring just now", async () => {
  const slow = placeInLine();
  const swift = placeInLine();
  for (let i = 0; i < 3; i++) await swift();
  await slow();
});
