import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { anyWorld, type World } from "@/e2e/access/row";
import { EXEMPT, lists, rows } from "@/e2e/access/rows";
import { STANDING_LISTS, STANDING_ROWS } from "@/e2e/access/standings";
import { listRoutes, methodsOf } from "@/lib/testing/api";

const APP = join(import.meta.dirname, "../../app");

const pathOf = (row: { path: (w: World) => string }) => new URL(row.path(anyWorld), "http://x").pathname;

/** The addresses of pages as the outside sees them, and of routes that answer with one; those with fixed names first. */
function listPages() {
  const files = readdirSync(APP, { recursive: true, encoding: "utf8" }).filter((file) => /(^|\/)(page\.tsx|route\.ts)$/.test(file) && !/^api\/|\/@/.test(file));
  const paths = files.map((file) => `/${file.replace(/(^|\/)(page\.tsx|route\.ts)$/, "").replace(/\([^)]*\)\/?/g, "")}`.replace(/(.)\/$/, "$1"));
  return [...new Set(paths)].sort((a, b) => a.split("[").length - b.split("[").length || a.localeCompare(b)).map((path) => ({ path, pattern: new RegExp(`^${path.replace(/\[\w+\]/g, "[^/]+")}$`) }));
}

const isExempt = (path: string) => EXEMPT.some(({ address }) => address.test(path));

describe("the table of who may see what", () => {
  it("has a row for every endpoint", async () => {
    const routes = listRoutes();
    const there: string[] = [];
    for (const route of routes) if (!isExempt(route.path)) there.push(...(await methodsOf(route)).map((method) => `${method} ${route.path}`));
    const asked = [...rows, ...lists].filter((row) => pathOf(row).startsWith("/api/")).map((row) => {
      const route = routes.find(({ pattern }) => pattern.test(pathOf(row)));
      if (!route) throw new Error(`"${row.name}" asks for ${pathOf(row)}, which is not there`);
      return `${("method" in row && row.method ? row.method : "get").toUpperCase()} ${route.path}`;
    });
    expect([...new Set(asked)].toSorted()).toEqual(there.toSorted());
  });

  it("has a row for every page", () => {
    const pages = listPages();
    const asked = [...rows, ...lists].map(pathOf).filter((path) => !path.startsWith("/api/")).map((path) => {
      const page = pages.find(({ pattern }) => pattern.test(path));
      if (!page) throw new Error(`nothing answers at ${path}`);
      return page.path;
    });
    expect([...new Set(asked)].toSorted()).toEqual(pages.map(({ path }) => path).filter((path) => !isExempt(path)).toSorted());
    expect(pages.length).toBeGreaterThan(30);
  });

  it("names each row once, and knows those that are asked of more people", () => {
    const names = rows.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(Object.keys(STANDING_ROWS).filter((name) => !names.includes(name))).toEqual([]);
    expect(Object.keys(STANDING_LISTS).filter((name) => !lists.some((list) => list.name === name))).toEqual([]);
  });
});
