import "server-only";
import { mkdtemp, rm, stat, utimes } from "node:fs/promises";
import { createReadStream } from "node:fs";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { z } from "zod";
import { db } from "@/db/client";
import { randomToken } from "@/lib/media/keys";
import { workBase } from "@/lib/media/servant";
import { idSchema } from "@/lib/platform/ids";
import { defineJob, NotNowError } from "@/lib/platform/jobs/define";
import { log } from "@/lib/platform/log";
import { postMail } from "@/lib/platform/mail/outbox";
import { storage } from "@/lib/platform/storage/storage";
import { StorageUnavailableError } from "@/lib/platform/storage/types";
import { EXPORTS, KEPT_DAYS, S3_MOST_BYTES } from "./limits";
import { packInto } from "./pack";
import { removeExport, sweepExports, WORK_FOLDER } from "./sweep";

const ATTEMPTS = 3;
const NOTED_MS = 1_000;

type Row = { id: string; user_id: string; is_hidden: boolean };

/** Not wanted any more, or taken up elsewhere. */
class GoneError extends Error {}

/** Packs one copy. A run that is broken off begins anew; what it has left behind is swept. */
export const packExport = defineJob({
  name: "exports.pack",
  priority: -15,
  concurrency: 1,
  retryLimit: 4,
  timeoutSeconds: 6 * 3_600,
  schema: z.object({ exportId: idSchema }),
  async handler({ exportId }, { attempt, signal }) {
    const [row] = await db().execute<Row>(sql`
      update data_exports e set state = 'packing', progress = 0 from users u where e.id = ${exportId}::bigint and e.state in ('waiting', 'packing') and u.id = e.user_id
      returning e.id, e.user_id, (u.deleted_at is not null or u.deactivated_at is not null or u.suspended_at is not null) as is_hidden`);
    if (!row) return;
    if (row.is_hidden) return fail(exportId, "hidden");
    try {
      await pack(row, signal);
    } catch (error) {
      if (error instanceof GoneError) return;
      if (error instanceof StorageUnavailableError) throw new NotNowError(error.message, { cause: error });
      if (attempt < ATTEMPTS) throw error;
      log().error({ err: error, export_id: exportId }, "a copy of somebody's data could not be packed");
      await fail(exportId, "crashed");
    }
  },
});

async function pack(row: Row, signal: AbortSignal): Promise<void> {
  const dir = await mkdtemp(join(workBase(), WORK_FOLDER));
  try {
    const path = join(dir, "export.zip");
    await packInto(path, dir, row.user_id, progressOf(row.id, dir, signal));
    const { size } = await stat(path);
    if (storage().kind === "s3" && size > S3_MOST_BYTES) return await fail(row.id, "too_large");
    const key = `${EXPORTS}${row.user_id}/${row.id}-${randomToken(16)}.zip`;
    await storage().put(key, { stream: createReadStream(/* turbopackIgnore: true */ path), size }, { contentType: "application/zip" });
    if (!(await finish(row, key, size))) await storage().delete(key);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/** Notes how far it is, now and then; throws when nobody wants it any more. */
function progressOf(exportId: string, dir: string, signal: AbortSignal): (share: number) => Promise<void> {
  let noted = 0;
  return async (share) => {
    signal.throwIfAborted();
    if (Date.now() - noted < NOTED_MS) return;
    noted = Date.now();
    await utimes(dir, new Date(), new Date());
    const rows = await db().execute(sql`
      update data_exports e set progress = ${Math.floor(Math.min(share, 1) * 99)}::int from users u where e.id = ${exportId}::bigint and e.state = 'packing' and u.id = e.user_id and u.deleted_at is null returning 1`);
    if (rows.length === 0) throw new GoneError("nobody waits for it any more");
  };
}

async function finish({ id, user_id }: Row, key: string, bytes: number): Promise<boolean> {
  const earlier = await db().transaction(async (tx) => {
    const [person] = await tx.execute<{ username: string; email: string }>(sql`
      update data_exports e set state = 'ready', progress = 100, storage_key = ${key}, bytes = ${bytes}::bigint, ready_at = now(), expires_at = now() + make_interval(days => ${KEPT_DAYS})
      from users u where e.id = ${id}::bigint and e.state = 'packing' and u.id = e.user_id returning u.username, u.email`);
    if (!person) return null;
    await postMail(tx, { userId: user_id, kind: "export", recipient: person.email }, {
      subject: "Your data is ready",
      lines: [`Hello @${person.username},`, "everything of yours is packed and waits for you: your posts with their pictures, and all else that we keep about you."],
      link: { text: "Go to my data", path: "/settings/data" },
      after: [`It is kept for ${KEPT_DAYS} days. If you did not ask for it, change your password.`],
    });
    return [...(await tx.execute<{ id: string; storage_key: string | null }>(sql`
      select id, storage_key from data_exports where user_id = ${user_id}::bigint and id < ${id}::bigint and state in ('ready', 'failed')`))];
  });
  // One copy is enough; what was packed earlier counts on for the day's limit, without its file.
  for (const old of earlier ?? []) await forgetFile(old);
  return earlier !== null;
}

async function forgetFile({ id, storage_key }: { id: string; storage_key: string | null }): Promise<void> {
  if (storage_key === null) return removeExport(id, null);
  await storage().delete(storage_key);
  await db().execute(sql`update data_exports set expires_at = now() where id = ${id}::bigint and expires_at > now()`);
}

const fail = async (exportId: string, problem: string): Promise<void> =>
  void (await db().execute(sql`update data_exports set state = 'failed', problem = ${problem} where id = ${exportId}::bigint and state in ('waiting', 'packing')`));

const sweep = defineJob({
  name: "exports.sweep",
  schedule: "29 * * * *",
  priority: -20,
  timeoutSeconds: 900,
  schema: z.object({}),
  handler: () => sweepExports(),
});

export const jobs = [packExport, sweep];
