import { z } from "zod";
import { idSchema } from "@/lib/platform/ids";

export const markReadSchema = z.object({ up_to: idSchema.nullish() });
