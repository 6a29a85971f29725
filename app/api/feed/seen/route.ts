import { seenSchema } from "@/lib/feed/schemas";
import { recordSeen } from "@/lib/feed/seen";
import { noContent, rest } from "@/lib/platform/http/rest";
import { limit } from "@/lib/platform/ratelimit/ratelimit";

/** What the reader has had before his eyes; sent by open feeds in batches, also while a page is being left. */
export const POST = rest({ body: seenSchema }, async ({ viewer, body }) => {
  await limit("seen", viewer.id);
  await recordSeen(viewer, body.post_ids);
  return noContent();
});
