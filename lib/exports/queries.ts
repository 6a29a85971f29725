import "server-only";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import type { ExportView } from "./types";

type Row = Omit<ExportView, "bytes"> & { bytes: string | null };

const PROBLEMS: Record<string, string> = {
  too_large: "It has become larger than 5 GB, which this server’s storage does not take in one piece. Ask whoever runs it.",
  hidden: "The account was hidden meanwhile.",
};
const CRASHED = "Something went wrong on our side. Try again.";

/** The viewer's packed copies, newest first: what is under way, what can be had, what failed in the last days. */
export async function listExports(viewer: Pick<Viewer, "id">): Promise<ExportView[]> {
  const rows = await db().execute<Row>(sql`
    select id, state, progress, bytes, problem, created_at, ready_at, expires_at from data_exports
    where user_id = ${viewer.id}::bigint and (expires_at is null or expires_at > now()) order by id desc limit 20`);
  return [...rows].map(({ bytes, problem, created_at, ready_at, expires_at, ...row }) => ({
    ...row, bytes: bytes === null ? null : Number(bytes), problem: problem === null ? null : (PROBLEMS[problem] ?? CRASHED), created_at: iso(created_at)!, ready_at: iso(ready_at), expires_at: iso(expires_at),
  }));
}

const iso = (time: string | null) => (time === null ? null : new Date(time).toISOString());
