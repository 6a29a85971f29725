import { z } from "zod";
import { idSchema } from "@/lib/platform/ids";
import { defineJob } from "@/lib/platform/jobs/define";
import { discard } from "./sweep";

/** Removes what a post held that was removed for good. */
export const discardFiles = defineJob({
  name: "media.discard-files",
  priority: -10,
  timeoutSeconds: 600,
  schema: z.object({ mediaIds: z.array(idSchema) }),
  handler: ({ mediaIds }) => discard(mediaIds),
});
