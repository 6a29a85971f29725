import { createServer, type Server } from "node:http";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { handleMedia } from "@/lib/media/serve";
import { completeUpload, createUpload } from "@/lib/media/service";
import { handleDiskStorage } from "@/lib/platform/storage/disk-http";

/** The part of the server that takes and gives files, on a port of its own. */
export async function openMediaFront(): Promise<{ origin: string; close: () => void }> {
  const server: Server = createServer((req, res) => {
    const url = new URL(req.url ?? "/", "http://front");
    void handleMedia(req, res, url).then((done) => done || handleDiskStorage(req, res, url)).then((done) => done || res.writeHead(404).end());
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return { origin: `http://127.0.0.1:${(server.address() as { port: number }).port}`, close: () => server.close() };
}

/** The client's half of bringing a file: asks, sends, says so. */
export async function bring(origin: string, viewer: { id: string }, bytes: Buffer, type: string): Promise<string> {
  const ticket = await createUpload(viewer, { content_type: type, size: bytes.length, purpose: "post" });
  const answer = await fetch(new URL(ticket.url, origin), { method: ticket.method, headers: ticket.headers, body: new Uint8Array(bytes) });
  if (answer.status !== 200) throw new Error(`the storage answered ${answer.status}`);
  await completeUpload(viewer, ticket.media_id);
  return ticket.media_id;
}

/** All of a media row. */
// oxlint-disable-next-line typescript/no-explicit-any -- what a test looks into is for the test to know
export async function mediaRow(id: string): Promise<any> {
  return (await db().execute(sql`select * from media where id = ${id}::bigint`))[0];
}
