import { createServer, type Server } from "node:http";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll } from "vitest";
import { db } from "@/db/client";
import { jobs } from "@/lib/media/jobs";
import { handleMedia } from "@/lib/media/serve";
import type { Crop } from "@/db/schema/media";
import { attachMedia, completeUpload, createUpload } from "@/lib/media/service";
import type { MediaRow } from "@/lib/media/urls";
import { migrateQueue } from "@/lib/platform/jobs/migrate";
import { handleDiskStorage } from "@/lib/platform/storage/disk-http";
import { makePost, type PostOptions } from "./factories";

/** The part of the server that takes and gives files, on a port of its own. */
export async function openMediaFront(): Promise<{ origin: string; close: () => void }> {
  const server: Server = createServer((req, res) => {
    const url = new URL(req.url ?? "/", "http://front");
    void handleMedia(req, res, url).then((done) => done || handleDiskStorage(req, res, url)).then((done) => done || res.writeHead(404).end());
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return { origin: `http://127.0.0.1:${(server.address() as { port: number }).port}`, close: () => server.close() };
}

type Bringing = { purpose?: "post" | "avatar" | "message"; complete?: boolean };

/** The client's half of bringing a file: asks, sends, says so (unless `complete` is false). */
export async function bring(origin: string, viewer: { id: string }, bytes: Buffer, type = "image/jpeg", { purpose = "post", complete = true }: Bringing = {}): Promise<string> {
  const ticket = await createUpload(viewer, { content_type: type, size: bytes.length, purpose });
  const answer = await fetch(new URL(ticket.url, origin), { method: ticket.method, headers: ticket.headers, body: new Uint8Array(bytes) });
  if (answer.status !== 200) throw new Error(`the storage answered ${answer.status}`);
  if (complete) await completeUpload(viewer, ticket.media_id);
  return ticket.media_id;
}

/** A post in whatever state, with these uploads, as the posts domain makes one. */
export async function postWith(viewer: { id: string }, ids: string[], { crop = null, ...options }: PostOptions & { crop?: Crop | null } = {}): Promise<string> {
  const postId = await makePost(viewer, { ...options, photos: 0 });
  await db().transaction((tx) => attachMedia(tx, viewer, postId, ids.map((id) => ({ id, alt: `photo ${id}`, crop }))));
  return postId;
}

/** All of a media row. */
// oxlint-disable-next-line typescript/no-explicit-any -- what a test looks into is for the test to know
export async function mediaRow(id: string): Promise<any> {
  return (await db().execute(sql`select * from media where id = ${id}::bigint`))[0];
}

type FullRow = MediaRow & { problem: string | null; content_type: string; sha256: string | null; original_key: string; post_id: string | null };

/** For a file of tests: such a server from its beginning to its end, with queues for the jobs, and what is done with it. */
export function useMediaFront() {
  const front = { origin: "", close: () => {} };
  beforeAll(async () => {
    await migrateQueue(jobs);
    Object.assign(front, await openMediaFront());
  });
  afterAll(() => front.close());
  return {
    front,
    run: { id: "1", attempt: 1, signal: new AbortController().signal },
    upload: (viewer: { id: string }, bytes: Buffer, { type, ...options }: Bringing & { type?: string } = {}) => bring(front.origin, viewer, bytes, type, options),
    rowOf: (id: string): Promise<FullRow | undefined> => mediaRow(id),
  };
}
