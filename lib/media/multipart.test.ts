import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { db } from "@/db/client";
import { migrateQueue } from "@/lib/platform/jobs/migrate";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { makeUser } from "@/lib/testing/factories";
import { mediaRow } from "@/lib/testing/media-front";
import { quarters } from "@/lib/testing/pictures";
import { jobs } from "./jobs";
import { receivePhotoForm } from "./multipart";
import { verifyUploads } from "./service";

beforeAll(() => migrateQueue(jobs));

describe("forms", () => {
  const formOf = (files: [string, Buffer | string][], fields: [string, string][] = []) => {
    const form = new FormData();
    for (const [name, value] of fields) form.append(name, value);
    for (const [name, bytes] of files) form.append(name, new Blob([typeof bytes === "string" ? bytes : new Uint8Array(bytes)], { type: "image/jpeg" }), "../../etc/x.jpg");
    return new Request("http://x/", { method: "POST", body: form });
  };
  const countOf = async (owner: Viewer) => (await db().execute(sql`select 1 from media where owner_id = ${owner.id}::bigint`)).length;

  test("keep photos in order, with their texts", async () => {
    const owner = await makeUser();
    const photos = await Promise.all([100, 200, 300].map((width) => quarters(width, 50).jpeg().toBuffer()));
    const form = await receivePhotoForm(owner, formOf(photos.map((photo) => ["image", photo]), [["caption", "hello ☀"], ["alt", "a"], ["alt", "b"]]), { purpose: "post", maxFiles: 20 });
    expect(form.fields).toEqual({ caption: ["hello ☀"], alt: ["a", "b"] });
    expect((await Promise.all(form.mediaIds.map(mediaRow))).map(({ state, width }) => [state, width])).toEqual([["uploaded", 100], ["uploaded", 200], ["uploaded", 300]]);
    await verifyUploads(owner, form.mediaIds);
  });

  test("a bad photo among good ones leaves nothing", async () => {
    const owner = await makeUser();
    const good = await quarters(50, 50).jpeg().toBuffer();
    const reject = async (request: Request, status: number) => expect(receivePhotoForm(owner, request, { purpose: "post", maxFiles: 2 })).rejects.toMatchObject({ status });
    await reject(formOf([["image", good], ["image", "<html>"]]), 415);
    await reject(formOf([["image", good], ["image", Buffer.alloc(31 * 1024 * 1024, 1)]]), 413);
    await reject(formOf([["image", ""], ["image", good]]), 422);
    await reject(formOf([["image", good], ["image", good], ["image", good]]), 422);
    await reject(formOf([], [["caption", "no photo"]]), 422);
    const cut = new Request("http://x/", { method: "POST", headers: { "content-type": "multipart/form-data; boundary=x" }, body: '--x\r\ncontent-disposition: form-data; name="image"; filename="a"\r\n\r\nabc' });
    await reject(cut, 400);
    await reject(new Request("http://x/", { method: "POST", headers: { "content-type": "multipart/form-data" }, body: "x" }), 400);
    expect(await countOf(owner)).toBe(0);
  });
});
