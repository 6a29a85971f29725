import { migrateDatabase } from "@/db/migrate";
import { closeDatabase } from "@/db/client";
import { endWithTrouble } from "@/lib/platform/process/lifetime";
import { ensureBucket } from "@/lib/platform/storage/storage";

/** Brings database and storage to the state that this version wants. */
async function prepare(): Promise<void> {
  const applied = await migrateDatabase();
  await ensureBucket();
  await closeDatabase();
  process.send?.({ remark: applied === 0 ? undefined : `${applied} migration${applied === 1 ? "" : "s"}` });
}

prepare().then(() => process.disconnect?.(), endWithTrouble);
