import { migrateDatabase } from "@/db/migrate";
import { closeDatabase } from "@/db/client";
import { registry } from "@/lib/jobs";
import { migrateQueue } from "@/lib/platform/jobs/migrate";
import { endWithTrouble } from "@/lib/platform/process/lifetime";
import { ensureBucket } from "@/lib/platform/storage/storage";

/** Brings database, queue and storage to the state that this version wants. */
async function prepare(): Promise<void> {
  const applied = await migrateDatabase();
  await migrateQueue(registry);
  await ensureBucket();
  await closeDatabase();
  process.send?.({ remark: applied === 0 ? undefined : `${applied} migration${applied === 1 ? "" : "s"}` });
}

prepare().then(() => process.disconnect?.(), endWithTrouble);
