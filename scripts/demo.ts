import { isMainThread } from "node:worker_threads";
import { seedDemo } from "@/db/seed/demo";
import { serveLab } from "@/db/seed/photos/lab-worker";
import { endWithTrouble } from "@/lib/platform/process/lifetime";

/** `npm run demo` runs this beside the started app; its worker threads run it again to paint the photos. */
if (isMainThread) seedDemo(new URL(import.meta.url)).then(() => process.disconnect?.(), endWithTrouble);
else serveLab();
