import path from "node:path";
import { defineConfig } from "vitest/config";

const root = import.meta.dirname;

export default defineConfig({
  resolve: {
    alias: {
      "@": root,
      // Guards client bundles only; here everything is the server.
      "server-only": path.join(root, "lib/testing/empty.ts"),
    },
  },
  test: {
    include: ["{app,bench,components,db,lib,scripts}/**/*.test.{ts,tsx}"],
    globalSetup: ["lib/testing/global-setup.ts"],
    setupFiles: ["lib/testing/setup.ts"],
    pool: "forks",
    // Each file has a database and a Redis of its own, and many wait more than they work.
    maxWorkers: 2,
    // Of a test that hangs, not of one that is slow: machines that test share their processors.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    retry: process.env.CI === "true" ? 1 : 0,
    // drizzle-orm in one file instead of hundreds: each test file would spend half a second on loading it.
    deps: { optimizer: { ssr: { enabled: true, include: ["drizzle-orm", "drizzle-orm/pg-core", "drizzle-orm/postgres-js", "drizzle-orm/postgres-js/migrator"] } } },
    // next-auth imports Next's modules without their file names, which plain Node does not find.
    server: { deps: { inline: [/next-auth/, /@auth\//] } },
  },
});
