import { idParam } from "@/lib/platform/http/params";
import { noContent, rest } from "@/lib/platform/http/rest";
import { getDraft } from "@/lib/posts/drafts";
import { draftSchema } from "@/lib/posts/schemas";
import { deleteDraft, updateDraft } from "@/lib/posts/service";

export const GET = rest({ params: idParam }, ({ viewer, params }) => getDraft(viewer, params.id));

export const PUT = rest({ params: idParam, body: draftSchema }, ({ viewer, params, body }) => updateDraft(viewer, params.id, body.content, body.revision));

export const DELETE = rest({ params: idParam }, async ({ viewer, params }) => {
  await deleteDraft(viewer, params.id);
  return noContent();
});
