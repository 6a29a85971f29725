import { expect, it, vi } from "vitest";

it("does what each copy of a module left for the end, whatever fails", async () => {
  const done: string[] = [];
  const copies = [];
  for (const copy of ["one", "two"]) {
    vi.resetModules();
    const endings = await import("./endings");
    endings.atTheEnd(async () => void done.push(copy));
    endings.atTheEnd(() => Promise.reject(new Error("it cannot be done")));
    copies.push(endings);
  }
  expect(copies[0]).not.toBe(copies[1]);
  await copies[0]!.finishUp();
  expect(done.sort()).toEqual(["one", "two"]);
});
