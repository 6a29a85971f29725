import fs from "node:fs";
import path from "node:path";
import { root } from "./bootstrap.mjs";

/** Next's own modules have no `exports`, so Node wants the file's name; `server-only` guards client bundles only. */
const outsideNext = {
  name: "outside-next",
  setup(build) {
    build.onResolve({ filter: /^(server-only|client-only)$/ }, () => ({ path: "empty", namespace: "empty" }));
    build.onLoad({ filter: /.*/, namespace: "empty" }, () => ({ contents: "export {};" }));
    build.onResolve({ filter: /^next\/[a-z-]+$/ }, ({ path: name }) => ({ path: `${name}.js`, external: true }));
  },
};

/** Names of the programs in `scripts/`. */
export function programs() {
  return fs.readdirSync(path.join(root, "scripts")).filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts") && !file.endsWith(".d.ts")).map((file) => file.slice(0, -3));
}

/**
 * What Node loads itself. Not drizzle-orm: loaded from its hundreds of files it costs 170 MB of memory for good, bundled 15.
 */
function outside() {
  const { dependencies, devDependencies, optionalDependencies } = JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8"));
  return Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies }).filter((name) => name !== "drizzle-orm");
}

/** Bundles `scripts/<name>.ts` into `dist/<name>.mjs`; packages stay outside but one. @param {string[]} names */
export async function bundle(names) {
  const { build } = await import("esbuild");
  await build({
    absWorkingDir: root,
    entryPoints: Object.fromEntries(names.map((name) => [name, `scripts/${name}.ts`])),
    outdir: "dist",
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node22",
    external: outside(),
    alias: { "@": root },
    plugins: [outsideNext],
    sourcemap: "linked",
    logLevel: "silent",
  });
}
