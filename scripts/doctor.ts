import { closeDatabase } from "@/db/client";
import { examine } from "@/lib/doctor";
import type { Finding } from "@/lib/platform/doctor/invariants";
import { checkReachability } from "@/lib/platform/doctor/reachability";
import { env } from "@/lib/platform/env";
import { closeRedis } from "@/lib/platform/redis/redis";

/** `npm run doctor [-- --full]`: a line for each check, what to do where one fails, and a code other than 0 then. */
async function main(): Promise<void> {
  const full = process.argv.includes("--full");
  const configuration = checkConfiguration();
  const findings = [...show("Configuration", [configuration])];
  if (configuration.ok) {
    const reached = show("Reachability", await checkReachability());
    findings.push(...reached);
    const usable = reached.filter(({ name }) => ["Postgres", "migrations", "storage"].includes(name)).every(({ ok }) => ok);
    if (usable) findings.push(...show(`Invariants${full ? "" : " (feeds of the most active people; --full for everybody's)"}`, await examine({ full })));
  }
  const wrong = findings.filter(({ ok }) => !ok).length;
  console.log(wrong === 0 ? "\nEverything is as it should be." : `\n${wrong} of ${findings.length} checks found something.`);
  await closeDatabase().catch(() => {});
  closeRedis();
  process.exit(wrong === 0 ? 0 : 1);
}

function checkConfiguration(): Finding {
  try {
    env();
    return { name: "settings", ok: true, detail: "complete and valid" };
  } catch (error) {
    return { name: "settings", ok: false, detail: (error as Error).message, advice: "Set what is named above in the environment or in .env; the README lists every setting." };
  }
}

function show(title: string, findings: Finding[]): Finding[] {
  console.log(`\n${title}`);
  for (const { ok, name, detail, advice } of findings) {
    console.log(`  ${ok ? "✓" : "✗"} ${name}: ${detail}`);
    if (!ok && advice) console.log(`      ${advice}`);
  }
  return findings;
}

main().catch((error: Error) => {
  console.error(`✗ ${error.message}`);
  process.exit(1);
});
