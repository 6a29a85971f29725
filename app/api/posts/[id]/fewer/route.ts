import { setFeedback } from "@/lib/feed/feedback";
import { postParam } from "@/lib/platform/http/params";
import { rest } from "@/lib/platform/http/rest";

export const POST = rest({ params: postParam }, async ({ viewer, params }) => {
  await setFeedback(viewer, "fewer", params.id, true);
  return { fewer: true };
});

export const DELETE = rest({ params: postParam }, async ({ viewer, params }) => {
  await setFeedback(viewer, "fewer", params.id, false);
  return { fewer: false };
});
