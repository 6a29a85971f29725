import { z } from "zod";
import { idSchema } from "@/lib/platform/ids";

export const setLikeSchema = z.object({ post_id: idSchema, liked: z.boolean() });
export const setSavedSchema = z.object({ post_id: idSchema, saved: z.boolean() });
