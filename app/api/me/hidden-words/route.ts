import { created, rest } from "@/lib/platform/http/rest";
import { listHiddenWords } from "@/lib/privacy/queries";
import { hiddenWordSchema } from "@/lib/privacy/schemas";
import { hideWord } from "@/lib/privacy/service";

export const GET = rest({}, async ({ viewer }) => ({ hidden_words: await listHiddenWords(viewer) }));
export const POST = rest({ body: hiddenWordSchema }, async ({ viewer, body }) => created(await hideWord(viewer, body)));
