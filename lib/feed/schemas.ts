import { z } from "zod";
import { idSchema } from "@/lib/platform/ids";

/** `?since=`: the newest post the reader has before his eyes. */
export const newerSchema = z.object({ since: idSchema });

/** What the reader has had before his eyes. */
export const seenSchema = z.object({ post_ids: z.array(idSchema).min(1).max(100) });
