import os from "node:os";
import path from "node:path";
import { defineConfig, devices } from "@playwright/test";
import { findBrowser } from "./e2e/fixtures/browser.mjs";

// This file is read again in every worker: what it chooses is handed down in the environment.
process.env.E2E_PORT ??= String(20_000 + Math.floor(Math.random() * 10_000));
process.env.E2E_DATA_DIR ??= path.join(os.tmpdir(), `heliograph-e2e-${process.pid}`);
const baseURL = process.env.E2E_BASE_URL ?? `http://localhost:${process.env.E2E_PORT}`;
const ci = process.env.CI === "true";

const launchOptions = {
  executablePath: findBrowser(),
  // Chromium's sandbox refuses to run as root; small /dev/shm of containers makes tabs crash.
  args: ["--disable-dev-shm-usage", ...(process.getuid?.() === 0 ? ["--no-sandbox"] : [])],
};

// Stories of what is answered, kept and allowed: on a phone the same parts are pressed, and each of their pages is looked at by the tour (a11y).
const SAME_ON_A_PHONE = [
  "acting-offline", "asked-first", "circles-near", "comments-reading", "comments-waiting", "content-controls", "digest", "distance", "kept-facts", "known-first", "leaving", "live", "one-tab", "private",
  "security", "wishes",
];

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results/e2e",
  fullyParallel: false,
  forbidOnly: ci,
  retries: ci ? 2 : 0,
  workers: 2,
  // Of a story that hangs, not of one that is slow: machines that test share their processors.
  timeout: 120_000,
  expect: { timeout: 10_000 },
  reporter: [["list"], ["json", { outputFile: "test-results/e2e.json" }]],
  use: { baseURL, launchOptions, trace: "on-first-retry", screenshot: "only-on-failure", locale: "en-GB", timezoneId: "UTC" },
  projects: [
    { name: "desktop", use: { ...devices["Desktop Chrome"], viewport: { width: 1280, height: 860 } }, grepInvert: /@phone/ },
    // What a phone can show no differently is tested once: the answers of the server, and what is tagged so.
    { name: "phone", use: { ...devices["Pixel 7"] }, testIgnore: ["access/**", ...SAME_ON_A_PHONE.map((name) => `flows/${name}.spec.ts`)], grepInvert: /@desktop/ },
  ],
  // The production build with a database, a Redis and a folder of its own; `E2E_BASE_URL` tests a server that runs already.
  webServer: process.env.E2E_BASE_URL
    ? undefined
    : {
        command: `"${process.execPath}" e2e/fixtures/server.mjs`,
        url: `${baseURL}/api/ready`,
        timeout: 600_000,
        stdout: ci ? "pipe" : "ignore",
        stderr: "pipe",
        gracefulShutdown: { signal: "SIGTERM", timeout: 20_000 },
      },
});
