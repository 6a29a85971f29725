import { z } from "zod";
import { defineJob } from "@/lib/platform/jobs/define";
import { purgeDue } from "./purge";

/** Names nobody in its payload: a job is kept for two weeks, and whoever has left is not to be remembered by it. */
const purge = defineJob({
  name: "leaving.purge",
  schedule: "33 * * * *",
  priority: -20,
  concurrency: 1,
  timeoutSeconds: 3_300,
  schema: z.object({}),
  handler: (_, { signal }) => purgeDue(signal),
});

export const jobs = [purge];
