import { z } from "zod";
import { idSchema } from "@/lib/platform/ids";

/** `?since=`: the newest post the reader has before his eyes. */
export const newerSchema = z.object({ since: idSchema });
