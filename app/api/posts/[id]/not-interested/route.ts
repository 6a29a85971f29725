import { setFeedback } from "@/lib/feed/feedback";
import { postParam } from "@/lib/platform/http/params";
import { rest } from "@/lib/platform/http/rest";

export const POST = rest({ params: postParam }, async ({ viewer, params }) => {
  await setFeedback(viewer, "not_interested", params.id, true);
  return { not_interested: true };
});

export const DELETE = rest({ params: postParam }, async ({ viewer, params }) => {
  await setFeedback(viewer, "not_interested", params.id, false);
  return { not_interested: false };
});
