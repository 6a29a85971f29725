import { z } from "zod";
import { idSchema } from "@/lib/platform/ids";
import { defineJob } from "@/lib/platform/jobs/define";
import { partPeople } from "./reposts";

const blocked = defineJob({
  name: "interactions.blocked",
  on: "user.blocked",
  schema: z.object({ blockerId: idSchema, blockedId: idSchema }),
  handler: ({ blockerId, blockedId }) => partPeople(blockerId, blockedId),
});

export const jobs = [blocked];
