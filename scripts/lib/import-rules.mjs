import path from "node:path";

/** Domains in their order; those of one row may not import each other. */
const ORDER = [
  ["accounts"],
  ["graph"],
  ["privacy"],
  ["profiles"],
  ["media"],
  ["posts"],
  ["interactions", "comments", "stories", "reels", "live", "ads", "shop"],
  ["feed", "explore", "search", "messages"],
  ["notifications"],
  ["insights", "moderation", "realtime"],
  ["exports"],
  ["leaving"],
];
const RANK = new Map(ORDER.flatMap((row, rank) => row.map((domain) => [domain, rank])));
/** Packages that reach data; they stay in the data layer. */
const DATA_PACKAGES = /^(drizzle-orm|postgres|pg-boss|sharp|iovalkey|@upstash\/|@aws-sdk\/)/;
const VAGUE_NAMES = /(^|\/)(utils?|helpers?|common|misc)(\.[a-z]+)?(\/|$)/;

/**
 * What a source file does against the layout of the project, as sentences.
 * @param {string} file path from the project's root, with slashes @param {string} text
 * @returns {string[]}
 */
export function breaches(file, text) {
  const source = withoutComments(text);
  // Tests and benchmarks look at the program from outside.
  const isTest = /\.test\.tsx?$/.test(file) || /^(lib\/testing|e2e|bench)\//.test(file);
  const found = [...namingBreaches(file)];
  if (isTest) return found;
  if (/\bprocess\.env\b/.test(source) && file !== "lib/platform/env.ts") found.push("reads process.env; only lib/platform/env.ts may");
  const client = /^\s*["']use client["']/.test(source);
  for (const wanted of importsOf(source)) found.push(...importBreaches(file, wanted, client));
  return found;
}

function namingBreaches(file) {
  const found = [];
  if (/(^|\/)index\.tsx?$/.test(file) && file !== "db/schema/index.ts") found.push("is a barrel; import the file that is meant");
  if (VAGUE_NAMES.test(file)) found.push("has a name that says nothing (utils, helpers, common, misc)");
  const name = path.posix.basename(file).replace(/\.(test|d)\./, ".");
  if (!/^[a-z0-9.-]+$/.test(name)) found.push("is not named in kebab-case");
  return found;
}

function importBreaches(file, { name, typeOnly }, client) {
  const target = resolve(file, name);
  const found = [];
  if (!target) {
    if (DATA_PACKAGES.test(name) && !/^(lib|db)\//.test(file)) found.push(`imports ${name}; only lib and db may`);
    return found;
  }
  const from = placeOf(file);
  const to = placeOf(target);
  if (client && /(^db\/|\/queries($|\/|-)|\/service($|\/|-)|-queries$|-service$)/.test(target)) found.push(`is a client file and imports ${target}`);
  if (/^(app|components)\//.test(file) && target.startsWith("db/")) found.push(`imports ${target}; pages and components go through lib`);
  if (/^(lib|db)\//.test(file) && /^(app|components)\//.test(target)) found.push(`imports ${target}; lib and db know no pages`);
  if (from.kind === "platform" && to.kind === "domain") found.push(`is platform and imports the domain ${to.name}`);
  if (from.kind === "ui" && to.kind === "domain") found.push(`is a primitive and imports the domain ${to.name}`);
  if (from.kind === "domain" && to.kind === "domain" && from.name !== to.name && !(to.rank < from.rank)) found.push(`belongs to ${from.name} and imports ${target} of the later or neighbouring domain ${to.name}${typeOnly ? " (types too)" : ""}`);
  if (to.kind === "testing") found.push(`imports ${target}, which is for tests`);
  return found;
}

/** @param {string} file */
function placeOf(file) {
  if (file.startsWith("lib/platform/")) return { kind: "platform", name: "platform", rank: -1 };
  if (file.startsWith("lib/testing/")) return { kind: "testing", name: "testing", rank: 99 };
  if (file.startsWith("components/ui/")) return { kind: "ui", name: "ui", rank: -1 };
  const domain = /^lib\/([^/]+)\//.exec(file)?.[1];
  if (domain && RANK.has(domain)) return { kind: "domain", name: domain, rank: RANK.get(domain) };
  return { kind: "other", name: "", rank: 0 };
}

/** The project's path that an import means, or null for a package. */
function resolve(file, name) {
  if (name.startsWith("@/")) return name.slice(2);
  if (name.startsWith(".")) return path.posix.join(path.posix.dirname(file), name);
  return null;
}

/** @param {string} source */
function importsOf(source) {
  const found = [];
  for (const match of source.matchAll(/\b(?:import|export)\s+(type\s+)?(?:[\w*{}\s,$]+?\s+from\s+)?["']([^"'\n]+)["']/g)) found.push({ name: match[2], typeOnly: Boolean(match[1]) });
  for (const match of source.matchAll(/\bimport\(\s*["']([^"'\n]+)["']\s*\)/g)) found.push({ name: match[1], typeOnly: false });
  return found;
}

/** Comments may name what code may not. Strings that look like comments (addresses) are kept. */
function withoutComments(text) {
  return text.replace(/("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`)|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, (_, string) => string ?? "");
}
