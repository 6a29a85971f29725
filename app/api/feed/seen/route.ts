import { seenSchema } from "@/lib/feed/schemas";
import { recordSeen } from "@/lib/feed/seen";
import { noContent, rest } from "@/lib/platform/http/rest";

/** What the reader has had before his eyes; sent by open feeds, some posts at a time. */
export const POST = rest({ body: seenSchema }, async ({ viewer, body }) => {
  await recordSeen(viewer, body.post_ids);
  return noContent();
});
