import { uploadSchema } from "@/lib/media/schemas";
import { createUpload } from "@/lib/media/service";
import { created, rest } from "@/lib/platform/http/rest";
import { ownOrigin } from "@/lib/platform/http/origin";

export const POST = rest({ body: uploadSchema }, async ({ viewer, body, request }) => {
  const upload = await createUpload(viewer, body);
  // The embedded store signs paths; a client that is no browser needs the whole address.
  return created({ ...upload, url: new URL(upload.url, ownOrigin(request.headers)).href });
});
