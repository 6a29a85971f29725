import { z } from "zod";
import { idSchema } from "@/lib/platform/ids";
import { defineJob } from "@/lib/platform/jobs/define";
import { acceptWaiting } from "./requests";

/** Finishes what opening an account begins: nobody is left waiting before an open door. */
const letIn = defineJob({
  name: "graph.let-in",
  on: "user.privacy_changed",
  schema: z.object({ userId: idSchema }),
  handler: ({ userId }) => acceptWaiting(userId),
});

export const jobs = [letIn];
