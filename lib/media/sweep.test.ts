import { sql } from "drizzle-orm";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { db } from "@/db/client";
import { storage } from "@/lib/platform/storage/storage";
import { makeUser } from "@/lib/testing/factories";
import { postWith, useMediaFront } from "@/lib/testing/media-front";
import { quarters } from "@/lib/testing/pictures";
import { prepareAvatar } from "./avatar";
import { takeInventory } from "./inventory";
import { processMedia } from "./jobs";
import { sweepObjects, sweepUploads } from "./sweep";

const { front, run, upload, rowOf } = useMediaFront();

describe("sweeping", () => {
  test("removes what belongs to nothing, and nothing else", async () => {
    const owner = await makeUser();
    const photo = await quarters(400, 300).jpeg().toBuffer();
    const [attached, loose, fresh] = [await upload(owner, photo), await upload(owner, photo), await upload(owner, photo)];
    const avatar = await prepareAvatar(owner, await upload(owner, photo, { purpose: "avatar" }));
    const oldAvatar = await prepareAvatar(owner, await upload(owner, photo, { purpose: "avatar" }));
    await db().execute(sql`update users set avatar_media_id = ${avatar.mediaId}::bigint, avatar_version = ${avatar.version} where id = ${owner.id}::bigint`);
    await postWith(owner, [attached]);
    await processMedia.handler({ mediaId: attached }, run);
    const looseRow = (await rowOf(loose))!;
    await db().execute(sql`update media set created_at = now() - interval '25 hours' where id in (${attached}::bigint, ${loose}::bigint, ${avatar.mediaId}::bigint, ${oldAvatar.mediaId}::bigint)`);
    await sweepUploads();
    expect([await rowOf(attached), await rowOf(fresh), await rowOf(avatar.mediaId)].every(Boolean)).toBe(true);
    expect([await rowOf(loose), await rowOf(oldAvatar.mediaId)]).toEqual([undefined, undefined]);
    expect(await storage().head(looseRow.original_key)).toBeNull();
    expect(await storage().head(`media/${oldAvatar.mediaId}/${oldAvatar.version}/320.webp`)).toBeNull();

    // Files without rows: of an account that was purged, and of an old version.
    await storage().put("media/123/abc/320.jpg", Buffer.from("x"), { contentType: "image/jpeg" });
    await storage().put(`media/${attached}/oldversion/320.jpg`, Buffer.from("x"), { contentType: "image/jpeg" });
    await sweepObjects();
    expect(await storage().head("media/123/abc/320.jpg")).not.toBeNull();
    const tomorrow = Date.now() + 25 * 3600 * 1000;
    expect((await takeInventory(tomorrow)).orphans.sort()).toEqual(["media/123/abc/320.jpg", `media/${attached}/oldversion/320.jpg`].sort());
    await sweepObjects(tomorrow);
    const inventory = await takeInventory(tomorrow);
    expect(inventory.orphans).toEqual([]);
    expect(inventory.missing.filter(({ mediaId }) => [attached, fresh, avatar.mediaId].includes(mediaId))).toEqual([]);
    await storage().delete(`media/${attached}/${(await rowOf(attached))!.version}/320.jpg`);
    expect((await takeInventory()).missing.map(({ mediaId }) => mediaId)).toContain(attached);
    expect(await sharp(Buffer.from(await (await fetch(new URL(`/media/${avatar.mediaId}/${avatar.version}/320.webp`, front.origin))).arrayBuffer())).metadata()).toMatchObject({ width: 300 });
  });
});
