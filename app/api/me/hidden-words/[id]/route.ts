import { idParam } from "@/lib/platform/http/params";
import { noContent, rest } from "@/lib/platform/http/rest";
import { unhideWord } from "@/lib/privacy/service";

export const DELETE = rest({ params: idParam }, async ({ viewer, params }) => {
  await unhideWord(viewer, params.id);
  return noContent();
});
