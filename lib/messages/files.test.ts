import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { db } from "@/db/client";
import { registry } from "@/lib/jobs";
import { forgetAccess } from "@/lib/media/access";
import { sweepUploads } from "@/lib/media/sweep";
import { findFfmpeg } from "@/lib/media/video/programs";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { makeFollow, makeUser } from "@/lib/testing/factories";
import { drainJobs, installJobs } from "@/lib/testing/jobs";
import { bring, openMediaFront } from "@/lib/testing/media-front";
import { quarters } from "@/lib/testing/pictures";
import { unsendMessage } from "./change";
import { removeMember } from "./groups";
import { listMessages } from "./queries";
import { sendMessageSchema } from "./schemas";
import { sendMessage } from "./send";
import { changeThread, openThread } from "./service";

const run = promisify(execFile);
const tools = await findFfmpeg();
let front: Awaited<ReturnType<typeof openMediaFront>>;
let dir: string;
beforeAll(async () => {
  await installJobs(registry);
  front = await openMediaFront();
  dir = await mkdtemp(join(tmpdir(), "heliograph-voice-"));
});
afterAll(async () => {
  front.close();
  await rm(dir, { recursive: true, force: true });
});

const statusOf = async (address: string) => (await fetch(new URL(address, front.origin))).status;
const send = async (viewer: Viewer, thread: string, input: object) => (await sendMessage(viewer, thread, sendMessageSchema.parse({ client_id: crypto.randomUUID(), ...input }))).message;
const read = async (viewer: Viewer, thread: string, id: string) => (await listMessages(viewer, thread, { ids: [id], limit: 1 }))!.messages[0]!;

async function group(): Promise<{ people: [Viewer, Viewer, Viewer]; thread: string }> {
  const people = [await makeUser(), await makeUser(), await makeUser()] as [Viewer, Viewer, Viewer];
  for (const one of people.slice(1)) await makeFollow(one, people[0]);
  return { people, thread: (await openThread(people[0], { userIds: people.slice(1).map(({ id }) => id), name: "Files" })).thread.id };
}

describe("photos of messages", () => {
  it("are for those in the conversation just now, by their own addresses", async () => {
    const { people: [ada, bo, cy], thread } = await group();
    const stranger = await makeUser();
    const file = await bring(front.origin, ada, await quarters(700, 500).jpeg().toBuffer(), "image/jpeg", { purpose: "message" });
    const { id } = await send(ada, thread, { media_ids: [file] });
    await expect(send(bo, thread, { media_ids: [file] })).rejects.toMatchObject({ code: "invalid" });
    await expect(send(ada, thread, { media_ids: [file] })).rejects.toMatchObject({ code: "invalid" });
    await drainJobs(registry);
    const addresses = await Promise.all([ada, bo, cy].map(async (one) => (await read(one, thread, id)).media[0]!.urls["640"]));
    expect(await Promise.all(addresses.map(statusOf))).toEqual([200, 200, 200]);
    const bare = addresses[1]!.split("?")[0]!;
    expect([await statusOf(bare), await statusOf(addresses[1]!.replace(`v=${bo.id}`, `v=${stranger.id}`))]).toEqual([404, 404]);
    await removeMember(ada, thread, cy.id);
    forgetAccess();
    expect([await statusOf(addresses[2]!), (await read(cy, thread, id)).media]).toEqual([404, []]);
    await unsendMessage(ada, thread, id);
    forgetAccess();
    expect([await statusOf(addresses[1]!), (await read(bo, thread, id)).media]).toEqual([404, []]);
    await db().execute(sql`update media set created_at = now() - interval '2 days' where id = ${file}::bigint`);
    await sweepUploads();
    expect((await db().execute(sql`select 1 from media where id = ${file}::bigint`)).length).toBe(0);
  });

  it("stay as long as their message, and can be a group's picture", async () => {
    const { people: [ada, bo], thread } = await group();
    const [shown, picture] = [await bring(front.origin, ada, await quarters(300, 300).png().toBuffer(), "image/png", { purpose: "message" }), await bring(front.origin, ada, await quarters(310, 310).png().toBuffer(), "image/png", { purpose: "message" })];
    await send(ada, thread, { text: "See", media_ids: [shown] });
    await changeThread(ada, thread, { media_id: picture });
    await drainJobs(registry);
    await db().execute(sql`update media set created_at = now() - interval '2 days' where id in (${shown}::bigint, ${picture}::bigint)`);
    await sweepUploads();
    expect((await db().execute(sql`select 1 from media where id in (${shown}::bigint, ${picture}::bigint)`)).length).toBe(2);
    const { picture_url } = await changeThread(bo, thread, { is_muted: true });
    expect(await statusOf(picture_url!)).toBe(200);
    await expect(changeThread(ada, thread, { media_id: shown })).rejects.toMatchObject({ code: "invalid" });
  });
});

describe.skipIf(!tools)("voice notes", () => {
  it("come out small, without what else was in the file, with their loudness", async () => {
    const { people: [ada, bo], thread } = await group();
    const path = join(dir, "note.webm");
    await run(tools!.ffmpeg, ["-v", "error", "-y", "-f", "lavfi", "-i", "sine=frequency=300:duration=4", "-af", "volume='if(lt(t,2),0.1,1)':eval=frame", "-metadata", "title=SECRETPLACE", "-c:a", "libopus", path]).catch(() =>
      run(tools!.ffmpeg, ["-v", "error", "-y", "-f", "lavfi", "-i", "sine=frequency=300:duration=4", "-af", "volume='if(lt(t,2),0.1,1)':eval=frame", "-metadata", "title=SECRETPLACE", "-c:a", "opus", "-strict", "-2", path]));
    const file = await bring(front.origin, ada, await readFile(path), "audio/webm;codecs=opus", { purpose: "message" });
    await expect(send(ada, thread, { media_ids: [file] })).rejects.toMatchObject({ code: "invalid" });
    const { id, voice } = await send(ada, thread, { voice_media_id: file });
    expect(voice).toMatchObject({ state: "processing", waveform: [] });
    await drainJobs(registry);
    const heard = (await read(bo, thread, id)).voice!;
    expect(heard).toMatchObject({ state: "ready", waveform: expect.any(Array) });
    expect(Math.abs(heard.duration - 4)).toBeLessThan(0.2);
    expect(heard.waveform).toHaveLength(64);
    expect(Math.max(...heard.waveform)).toBe(100);
    expect(Math.max(...heard.waveform.slice(2, 28))).toBeLessThan(30);
    const answer = await fetch(new URL(heard.url, front.origin));
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect([answer.status, answer.headers.get("content-type"), bytes.toString("latin1").includes("SECRETPLACE")]).toEqual([200, "audio/mp4", false]);
    expect(bytes.length).toBeLessThan(60_000);
    expect([await statusOf(heard.url.split("?")[0]!), await statusOf(heard.url.replace(`v=${bo.id}`, `v=${ada.id}`))]).toEqual([404, 404]);
  });

  it("that cannot be heard say so", async () => {
    const { people: [ada, bo], thread } = await group();
    await expect(bring(front.origin, ada, Buffer.alloc(500, "x"), "audio/ogg", { purpose: "message" })).rejects.toMatchObject({ status: 422 });
    const file = await bring(front.origin, ada, Buffer.concat([Buffer.from("OggS"), Buffer.alloc(500, 7)]), "audio/ogg", { purpose: "message" });
    const { id } = await send(ada, thread, { voice_media_id: file });
    await drainJobs(registry);
    expect((await read(bo, thread, id)).voice).toMatchObject({ state: "failed" });
  });
});
