import { checkInvariants } from "@/lib/platform/doctor/invariants";

/** Which promises of the database are broken, as sentences. The next month's partition is left out: it is for a worker to make. */
export async function brokenPromises(): Promise<string[]> {
  return (await checkInvariants()).filter((finding) => !finding.ok && finding.name !== "next month's partition of posts exists").map((finding) => `${finding.name}: ${finding.detail}`);
}
