import { z } from "zod";
import { idSchema } from "@/lib/platform/ids";
import { cropSchema } from "./edit/schemas";
import { MAX_PHOTO_SIDE, MAX_VIDEO_BYTES, PART_BYTES } from "./limits";
import { MIN_WIDTH } from "./widths";

export { cropSchema, mediaEditSchema } from "./edit/schemas";

const MAX_PARTS = Math.ceil(MAX_VIDEO_BYTES / PART_BYTES);

const md5Schema = z.string().regex(/^[A-Za-z0-9+/]{22}==$/, "must be an MD5 checksum in base64");

/** Body of `POST /api/uploads`. Type and size are judged by the service, because each has a status of its own. */
export const uploadSchema = z.object({
  filename: z.string().max(1_000).optional(),
  content_type: z.string().min(1, "is missing").max(200),
  size: z.number().int("must be a whole number of bytes").nonnegative().max(Number.MAX_SAFE_INTEGER),
  purpose: z.enum(["post", "avatar", "story", "message"]).default("post"),
  sha256: z.string().regex(/^[0-9a-f]{64}$/i, "must be 64 hexadecimal digits").transform((text) => text.toLowerCase()).optional(),
  part_md5s: z.array(md5Schema).max(MAX_PARTS).optional().describe("Checksums of the parts in their order; the addresses then take these bytes only"),
});
export type UploadInput = z.infer<typeof uploadSchema>;

/** Body of `POST /api/uploads/:media_id/parts`. */
export const partsSchema = z.object({
  parts: z.array(z.object({ number: z.number().int().min(1).max(MAX_PARTS), md5: md5Schema.optional() })).min(1, "names no part").max(MAX_PARTS),
});
export type PartsInput = z.infer<typeof partsSchema>;

/** Body of `POST /api/uploads/:media_id/complete`. The store knows best which parts have arrived: what a client says of them is not read. */
export const completeSchema = z.object({ parts: z.array(z.unknown()).max(MAX_PARTS).optional() });

export const mediaParam = z.object({ media_id: idSchema });

/** Query of `GET /api/media/:media_id/address`; width in pixels. */
export const widthSchema = z.object({
  width: z.coerce.number<string>("must be a number of pixels").int("must be a whole number of pixels").min(MIN_WIDTH, `must be at least ${MIN_WIDTH}`).max(MAX_PHOTO_SIDE, `must be at most ${MAX_PHOTO_SIDE}`),
  format: z.enum(["jpg", "webp", "avif"], "must be jpg, webp or avif").default("jpg"),
});
export type WidthInput = z.infer<typeof widthSchema>;

/** Body of `PUT /api/me/avatar` when it is JSON. */
export const chosenAvatarSchema = z.object({ media_id: idSchema, crop: cropSchema.nullish() });
