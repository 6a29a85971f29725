import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { step } from "./say.mjs";

/** Whether this system has Debian's package tools. */
export const isDebian = () => has("apt-get") && has("dpkg-deb");

/** @param {string} program */
export function has(program) {
  return spawnSync("/bin/sh", ["-c", `command -v ${program}`], { stdio: "ignore" }).status === 0;
}

/** Without a network the attempt takes long; it is not repeated at every start. @param {string} file a mark left by the last one */
export function failedLately(file) {
  return fs.existsSync(file) && Date.now() - fs.statSync(file).mtimeMs < 3_600_000;
}

/**
 * Fetches a package of the distribution with everything it needs that is not installed, and unpacks all of it into
 * `into`, without root and without touching the system: apt gets folders of its own.
 * Returns the environment in which the unpacked programs find their libraries, or null.
 * @param {string} name @param {string} into
 */
export async function unpackDebianPackage(name, into) {
  const done = path.join(into, ".complete");
  if (!fs.existsSync(done)) {
    fs.rmSync(into, { recursive: true, force: true });
    const archives = path.join(into, "apt/archives/partial");
    fs.mkdirSync(archives, { recursive: true, mode: 0o755 });
    if (!(await fetchWithOwnLists(name, path.join(into, "apt")))) return null;
    const packages = fs.readdirSync(path.dirname(archives)).filter((file) => file.endsWith(".deb"));
    if (packages.length === 0) return null; // installed already, and yet not usable
    for (const file of packages) if ((await run("dpkg-deb", ["-x", path.join(into, "apt/archives", file), into])).code !== 0) return null;
    // Of the rest only programs and libraries are wanted; documents bring links that lead nowhere, over which bundlers stumble.
    for (const folder of ["apt", "usr/share", "etc", "var"]) fs.rmSync(path.join(into, folder), { recursive: true, force: true });
    fs.writeFileSync(done, "");
  }
  // Not needed, and links in it lead nowhere: the build, which looks at every file below the project, stumbles over them.
  fs.rmSync(path.join(into, "usr/share/doc"), { recursive: true, force: true });
  return environmentOf(into);
}

/** The system's package lists first; a bare system has none, then they are fetched into a folder of ours. */
async function fetchWithOwnLists(name, apt) {
  const common = ["-o", `Dir::Cache=${apt}`, "-o", "Debug::NoLocking=1", "-o", "APT::Sandbox::User=", "-o", "Acquire::Retries=1", "-o", "Acquire::http::Timeout=10", "-o", "Acquire::https::Timeout=10"];
  const download = (extra) => run("apt-get", [...common, ...extra, "-y", "-q", "--no-install-recommends", "--download-only", "install", name]);
  if ((await download([])).code === 0) return true;
  const lists = path.join(apt, "lists");
  fs.mkdirSync(path.join(lists, "partial"), { recursive: true });
  const own = ["-o", `Dir::State::lists=${lists}`];
  if ((await run("apt-get", [...common, ...own, "-q", "update"])).code !== 0) return false;
  return (await download(own)).code === 0;
}

function environmentOf(into) {
  const folders = ["usr/lib", "lib", "usr/local/lib"].flatMap((base) => {
    const folder = path.join(into, base);
    if (!fs.existsSync(folder)) return [];
    const triplets = fs.readdirSync(folder).filter((entry) => /-linux-gnu/.test(entry));
    return [folder, ...triplets.flatMap((entry) => withOwnFolders(path.join(folder, entry)))];
  });
  return { PATH: `${into}/usr/bin:${into}/usr/sbin:${process.env.PATH}`, LD_LIBRARY_PATH: folders.join(":") };
}

/** Some libraries lie one folder deeper (blas, pulseaudio), where only scripts that we don't run would have linked them from. */
function withOwnFolders(folder) {
  const inner = fs.readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => path.join(folder, entry.name));
  return [folder, ...inner.filter((one) => fs.readdirSync(one).some((file) => /^lib.+\.so(\.\d|$)/.test(file)))];
}

/** Installs packages into the system; needs root. @param {string[]} names @param {string} title */
export async function installDebianPackages(names, title) {
  const options = { env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } };
  const install = () => run("apt-get", ["install", "-y", "-q", "--no-install-recommends", ...names], options);
  let result = { code: 1, output: "" };
  await step(title, async () => {
    result = await install();
    if (result.code === 0) return;
    await run("apt-get", ["-q", "update"], options); // the lists were missing or old
    result = await install();
  });
  return result.code === 0;
}

/** Runs a program to its end and keeps the end of what it wrote. */
export function run(file, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(file, args, { stdio: ["ignore", "pipe", "pipe"], ...options });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output = (output + chunk).slice(-20_000)));
    child.on("error", (error) => resolve({ code: 127, output: error.message }));
    child.on("exit", (code) => resolve({ code: code ?? 1, output }));
  });
}
