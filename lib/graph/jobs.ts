import { z } from "zod";
import { idSchema } from "@/lib/platform/ids";
import { defineJob } from "@/lib/platform/jobs/define";
import { acceptWaiting } from "./requests";
import { blockSamePerson } from "./same-person";

/** Finishes what opening an account begins: nobody is left waiting before an open door. */
const letIn = defineJob({
  name: "graph.let-in",
  on: "user.privacy_changed",
  schema: z.object({ userId: idSchema }),
  handler: ({ userId }) => acceptWaiting(userId),
});

/** Whoever blocked a person "and new accounts they make" does not get to see those. By a job: accounts know nothing of blocks. */
const sameAgain = defineJob({
  name: "graph.block-same-person",
  on: ["user.registered", "user.device_seen"],
  schema: z.object({ userId: idSchema }),
  priority: 5,
  handler: ({ userId }) => blockSamePerson(userId),
});

export const jobs = [letIn, sameAgain];
