import "server-only";
import { sql } from "drizzle-orm";
import { db, type Transaction } from "@/db/client";
import { type Proof, requireRecentProof } from "@/lib/accounts/proof";
import { notFound, tooMany } from "@/lib/platform/errors";
import { enqueue } from "@/lib/platform/jobs/queue";
import { storage } from "@/lib/platform/storage/storage";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { packExport } from "./jobs";
import { A_DAY, ADDRESS_SECONDS } from "./limits";
import { listExports } from "./queries";
import type { ExportAddress, ExportView } from "./types";

const HOUR_SECONDS = 3_600;

/**
 * Has everything about the viewer packed for download; while that is under way, asking again changes nothing. Throws step_up_required, or invalid at what
 * was proved wrongly; too_many.
 */
export async function requestExport(viewer: Viewer, proof: Proof = {}): Promise<ExportView> {
  await requireRecentProof(viewer, proof);
  const id = await db().transaction(async (tx) => {
    // One after another, so that those who ask at once are counted.
    await tx.execute(sql`select 1 from users where id = ${viewer.id}::bigint for no key update`);
    return (await findOpen(tx, viewer)) ?? begin(tx, viewer);
  });
  return (await listExports(viewer)).find((one) => one.id === id)!;
}

async function findOpen(tx: Transaction, viewer: Viewer): Promise<string | null> {
  const [open] = await tx.execute<{ id: string }>(sql`select id from data_exports where user_id = ${viewer.id}::bigint and state in ('waiting', 'packing')`);
  return open?.id ?? null;
}

async function begin(tx: Transaction, viewer: Viewer): Promise<string> {
  const [row] = await tx.execute<{ lately: number; wait: number }>(sql`
    select count(*)::int as lately, coalesce(extract(epoch from min(created_at) + interval '1 day' - now()), 0)::int as wait from data_exports
    where user_id = ${viewer.id}::bigint and state = 'ready' and created_at > now() - interval '1 day'`);
  if (row!.lately >= A_DAY) throw tooMany(`You can have your data packed ${A_DAY} times a day. Try again in ${Math.max(1, Math.ceil(row!.wait / HOUR_SECONDS))} hours.`, row!.wait);
  const [made] = await tx.execute<{ id: string }>(sql`insert into data_exports (user_id) values (${viewer.id}::bigint) returning id`);
  await enqueue(tx, packExport, { exportId: made!.id });
  return made!.id;
}

/**
 * Where its owner, for five minutes, gets a packed copy: everything is in it, so that having it asks for as much as packing it. Throws step_up_required, or
 * invalid at what was proved wrongly; 404 for everybody else's, and for what is not there (any more).
 */
export async function signExport(viewer: Viewer, exportId: string, proof: Proof = {}): Promise<ExportAddress> {
  const [row] = await db().execute<{ storage_key: string; day: string; username: string }>(sql`
    select e.storage_key, to_char(e.created_at at time zone 'UTC', 'YYYY-MM-DD') as day, u.username from data_exports e join users u on u.id = e.user_id
    where e.id = ${exportId}::bigint and e.user_id = ${viewer.id}::bigint and e.state = 'ready' and e.expires_at > now()`);
  if (!row) throw notFound();
  await requireRecentProof(viewer, proof);
  const url = await storage().signDownload({ key: row.storage_key, expiresIn: ADDRESS_SECONDS, fileName: `heliograph-${row.username}-${row.day}.zip` });
  return { url, expires_at: new Date(Date.now() + ADDRESS_SECONDS * 1000).toISOString() };
}

