import { absoluteAddresses } from "@/lib/media/absolute";
import { uploadSchema } from "@/lib/media/schemas";
import { createUpload } from "@/lib/media/service";
import { created, rest } from "@/lib/platform/http/rest";

export const POST = rest({ body: uploadSchema }, async ({ viewer, body, request }) => created(absoluteAddresses(await createUpload(viewer, body), request.headers)));
