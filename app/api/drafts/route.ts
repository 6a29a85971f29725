import { created, rest } from "@/lib/platform/http/rest";
import { listDrafts } from "@/lib/posts/drafts";
import { newDraftSchema } from "@/lib/posts/schemas";
import { saveDraft } from "@/lib/posts/service";

export const GET = rest({}, async ({ viewer }) => ({ drafts: await listDrafts(viewer) }));

export const POST = rest({ body: newDraftSchema }, async ({ viewer, body, idempotencyKey }) => created(await saveDraft(viewer, body.content, idempotencyKey)));
