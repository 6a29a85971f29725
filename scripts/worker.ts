import { closeDatabase } from "@/db/client";
import { registry } from "@/lib/jobs";
import { runWorker } from "@/lib/platform/jobs/worker";
import { askedToEnd, endWithTrouble, tellReady } from "@/lib/platform/process/lifetime";

/** The worker process: leases due jobs and posts them to the app until it is asked to end. */
async function work(): Promise<void> {
  const ending = new AbortController();
  void askedToEnd().then(() => ending.abort());
  const finished = runWorker({ jobs: registry, signal: ending.signal });
  tellReady();
  await finished;
  await closeDatabase();
  process.exit(0);
}

work().catch(endWithTrouble);
