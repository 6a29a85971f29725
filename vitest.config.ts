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
    testTimeout: 20_000,
    hookTimeout: 60_000,
    // drizzle-orm in one file instead of hundreds: each test file would spend half a second on loading it.
    deps: { optimizer: { ssr: { enabled: true, include: ["drizzle-orm", "drizzle-orm/pg-core", "drizzle-orm/postgres-js", "drizzle-orm/postgres-js/migrator"] } } },
    // next-auth imports Next's modules without their file names, which plain Node does not find.
    server: { deps: { inline: [/next-auth/, /@auth\//] } },
  },
});
