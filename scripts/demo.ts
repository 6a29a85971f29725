import { isMainThread } from "node:worker_threads";
import { seedDemo } from "@/db/seed/demo";
import { serveLab } from "@/db/seed/photos/lab-worker";
import { endWithTrouble } from "@/lib/platform/process/lifetime";

/** `npm run demo` runs this beside the started app; its worker threads run it again to paint the photos. */
if (isMainThread) void fill();
else serveLab();

async function fill(): Promise<void> {
  // Whoever started us has gone (Ctrl-C). Nothing is in the database before the end, and painted photos are kept for the next try.
  const abandoned = () => process.exit(130);
  process.once("disconnect", abandoned);
  await seedDemo(new URL(import.meta.url)).catch(endWithTrouble);
  process.off("disconnect", abandoned);
  process.disconnect?.();
}
