import { seenSchema } from "@/lib/feed/schemas";
import { recordSeen } from "@/lib/feed/seen";
import { rest } from "@/lib/platform/http/rest";
import { limit } from "@/lib/platform/ratelimit/ratelimit";

/** Sent in batches, also while a page is being left. */
export const POST = rest({ body: seenSchema }, async ({ viewer, body }) => {
  await limit("seen", viewer.id);
  return { new_count: (await recordSeen(viewer, body.post_ids)).length };
});
