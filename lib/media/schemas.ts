import { z } from "zod";
import { idSchema } from "@/lib/platform/ids";
import { cropSchema } from "./edit/schemas";

export { cropSchema, mediaEditSchema } from "./edit/schemas";

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

/** Body of `PUT /api/me/avatar` when it is JSON. */
export const chosenAvatarSchema = z.object({ media_id: idSchema, crop: cropSchema.nullish() });
