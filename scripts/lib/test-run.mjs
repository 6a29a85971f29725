import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { stripVTControlCharacters } from "node:util";
import { onEnd, root } from "./bootstrap.mjs";
import { ensureBrowser } from "./browser.mjs";
import { build, buildIsCurrent } from "./build.mjs";
import { ensureFfmpeg } from "./ffmpeg.mjs";
import { printFirstLoad } from "./first-load.mjs";
import { migrationDrift } from "./migration-drift.mjs";
import { dataDir } from "./places.mjs";
import { freePort } from "./ports.mjs";
import { note, spell, title } from "./say.mjs";
import { sentence } from "./trouble.mjs";

const bin = (name) => path.join(root, "node_modules", name);
const REPORTS = path.join(root, "test-results");
const children = new Set();

/**
 * `npm test`: every check one after another, all of them even when one fails, and one closing line.
 * `--unit` leaves out build and browser, `--e2e` everything before them; other words choose test files.
 * @param {string[]} args @returns {Promise<number>} the exit code
 */
export async function testEverything(args) {
  onEnd(() => endAll());
  const only = { unit: args.includes("--unit"), e2e: args.includes("--e2e") };
  const files = args.filter((word) => !["--unit", "--e2e"].includes(word));
  const total = { passed: 0, failed: 0, skipped: 0, told: [] };
  const began = performance.now();
  fs.rmSync(REPORTS, { recursive: true, force: true });
  fs.mkdirSync(REPORTS, { recursive: true });
  if (!only.e2e) await unitPart(total, files);
  if (!only.unit) await browserPart(total, files);
  title(`Tested in ${spell(performance.now() - began)}`);
  for (const line of total.told) note(line);
  process.stdout.write(`${total.passed} passed, ${total.failed} failed${total.skipped ? `, ${total.skipped} skipped` : ""}\n`);
  return total.failed === 0 && total.passed > 0 ? 0 : 1;
}

async function unitPart(total, files) {
  if (files.length === 0) {
    await check(total, "Types", async () => (await node(["node_modules/next/dist/bin/next", "typegen"], { quiet: true })) && node([bin("typescript/bin/tsc"), "--noEmit", "--incremental", "false"]));
    await check(total, "Lint", () => node([bin("oxlint/bin/oxlint")]));
    await check(total, "Layout of imports", () => node(["scripts/lint-imports.mjs"]));
    await check(total, "Migrations belong to the schema", migrationDrift);
  }
  title("Unit and integration tests");
  const report = path.join(REPORTS, "unit.json");
  const ended = await node([bin("vitest/vitest.mjs"), "run", "--reporter=default", "--reporter=json", `--outputFile.json=${report}`, "--passWithNoTests", ...files], { env: { TEST_S3: "true" } });
  addVitest(total, read(report), ended);
}

async function browserPart(total, files) {
  if (!(await check(total, "Production build", async () => buildIsCurrent() || (await build(), true)))) return;
  await check(total, "Weight of the feed", async () => printFirstLoad());
  title("Browser tests");
  try {
    const browser = await ensureBrowser();
    const ffmpeg = await ensureFfmpeg(dataDir());
    const port = String(await freePort());
    const data = fs.mkdtempSync(path.join(os.tmpdir(), "heliograph-e2e-"));
    const ended = await node([bin("@playwright/test/cli.js"), "test", ...files], { env: { CHROMIUM_PATH: browser, E2E_PORT: port, E2E_DATA_DIR: data, ...(ffmpeg ? { FFMPEG_PATH: ffmpeg.ffmpeg, FFPROBE_PATH: ffmpeg.ffprobe } : {}) } });
    addPlaywright(total, read(path.join(REPORTS, "e2e.json")), ended);
  } catch (error) {
    total.told.push(`✗ Browser tests: ${sentence(error)}`);
    total.failed++;
  }
}

/** One check that counts as one test. */
async function check(total, name, work) {
  title(name);
  const began = performance.now();
  const good = await Promise.resolve().then(work).catch((error) => note(sentence(error)));
  note(`${good ? "✓" : "✗"} ${name}, ${spell(performance.now() - began)}`);
  total[good ? "passed" : "failed"]++;
  if (!good) total.told.push(`✗ ${name}`);
  return good;
}

/** Runs a program of Node's to its end; true when it ended well. */
function node(args, { env = {}, quiet = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ["ignore", quiet ? "ignore" : "inherit", quiet ? "ignore" : "inherit"], env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", ...env } });
    children.add(child);
    child.on("error", () => resolve(false));
    child.on("exit", (code) => {
      children.delete(child);
      resolve(code === 0);
    });
  });
}

async function endAll() {
  for (const child of children) child.kill("SIGTERM");
  setTimeout(() => process.exit(130), 20_000).unref();
  await Promise.all([...children].map((child) => new Promise((resolve) => child.on("exit", resolve))));
  process.exit(130);
}

function read(file) {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8"));
  } catch {
    return null; // the runner ended before it could write
  }
}

/** A file that cannot even be loaded has no failed test of its own, so it counts as one. */
function addVitest(total, report, ended) {
  const files = report?.testResults ?? [];
  const broken = files.filter((file) => file.status === "failed" && file.assertionResults.every((test) => test.status !== "failed"));
  const failed = (report?.numFailedTests ?? 0) + broken.length;
  total.passed += report?.numPassedTests ?? 0;
  total.failed += failed || (ended ? 0 : 1);
  total.skipped += (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0);
  for (const file of broken) total.told.push(`✗ ${path.relative(root, file.name)}: ${firstLine(file.message)}`);
  for (const file of files) {
    for (const test of file.assertionResults) {
      // A test that passed at its second try keeps what went wrong at the first.
      const why = firstLine(test.failureMessages?.[0]);
      if (test.status === "failed" || why) total.told.push(`${test.status === "failed" ? "✗" : "at the second try:"} ${path.relative(root, file.name)} › ${test.fullName}: ${why}`);
    }
  }
}

function addPlaywright(total, report, ended) {
  const { expected = 0, flaky = 0, unexpected = 0, skipped = 0 } = report?.stats ?? {};
  total.passed += expected + flaky;
  total.failed += unexpected || (ended ? 0 : 1);
  total.skipped += skipped;
  for (const suite of report?.suites ?? []) tellSuite(total.told, suite);
}

function tellSuite(told, suite) {
  for (const inner of suite.suites ?? []) tellSuite(told, inner);
  for (const spec of suite.specs ?? []) {
    for (const { status, projectName, results } of spec.tests) {
      if (status !== "unexpected" && status !== "flaky") continue;
      told.push(`${status === "flaky" ? "at the second try:" : "✗"} [${projectName}] e2e/${spec.file}:${spec.line} › ${spec.title}: ${firstLine(results[0]?.error?.message)}`);
    }
  }
}

function firstLine(text = "") {
  return stripVTControlCharacters(text).split("\n", 1)[0].slice(0, 300);
}
