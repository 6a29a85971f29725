import { z } from "zod";
import { idSchema } from "@/lib/platform/ids";

/** Body of `POST /api/uploads`. Type and size are judged by the service, because each has a status of its own. */
export const uploadSchema = z.object({
  filename: z.string().max(1_000).optional(),
  content_type: z.string().min(1, "is missing").max(200),
  size: z.number().int("must be a whole number of bytes").nonnegative().max(Number.MAX_SAFE_INTEGER),
  purpose: z.enum(["post", "avatar", "story", "message"]).default("post"),
  sha256: z.string().regex(/^[0-9a-f]{64}$/i, "must be 64 hexadecimal digits").transform((text) => text.toLowerCase()).optional(),
});
export type UploadInput = z.infer<typeof uploadSchema>;

export const mediaParam = z.object({ media_id: idSchema });

const share = z.number().min(0).max(1);

/** The part of a photo that is kept, each value a share of the upright picture's width or height. */
export const cropSchema = z
  .object({ x: share, y: share, width: share.positive("must be more than 0"), height: share.positive("must be more than 0") })
  .refine((crop) => crop.x + crop.width <= 1.001 && crop.y + crop.height <= 1.001, "reaches beyond the picture");

/** Body of `PUT /api/me/avatar` when it is JSON. */
export const chosenAvatarSchema = z.object({ media_id: idSchema, crop: cropSchema.nullish() });
