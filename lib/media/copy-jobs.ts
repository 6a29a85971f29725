import "server-only";
import { z } from "zod";
import { db, type Executor } from "@/db/client";
import { idSchema } from "@/lib/platform/ids";
import { defineJob, type JobDefinition, NotNowError } from "@/lib/platform/jobs/define";
import { enqueue } from "@/lib/platform/jobs/queue";
import { replica } from "@/lib/platform/storage/storage";
import { StorageUnavailableError } from "@/lib/platform/storage/types";
import { copyOriginal, listToCopy } from "./copies";

/** Files looked at again in an hour; each is read twice. */
const OLD_PER_HOUR = 300;
const UNCOPIED_PER_HOUR = 2_000;

/** Brings one original and its copy in the second store in agreement. */
const copyOriginalJob = defineJob({
  name: "media.copy-original",
  priority: -15,
  concurrency: 2,
  timeoutSeconds: 1_800,
  schema: z.object({ mediaId: idSchema }),
  async handler({ mediaId }) {
    try {
      return await copyOriginal(mediaId);
    } catch (error) {
      if (error instanceof StorageUnavailableError) throw new NotNowError(error.message, { cause: error });
      throw error;
    }
  },
});

/** Finds what was never copied (the second store came later, or a job died) and looks at each copy again from time to time. */
const checkCopiesJob = defineJob({
  name: "media.check-copies",
  schedule: "37 * * * *",
  priority: -20,
  timeoutSeconds: 300,
  schema: z.object({}),
  async handler() {
    for (const mediaId of await listToCopy({ uncopied: UNCOPIED_PER_HOUR, old: OLD_PER_HOUR })) await enqueueCopy(db(), mediaId);
  },
});

/** Copies an original to the second store, if there is one, when `tx` commits. */
export async function enqueueCopy(tx: Executor, mediaId: string): Promise<void> {
  if (replica()) await enqueue(tx, copyOriginalJob, { mediaId }, { singletonKey: mediaId });
}

export const copyJobs: readonly JobDefinition[] = [copyOriginalJob, checkCopiesJob];
