import { isMultipart } from "@/lib/media/multipart";
import { parseInput } from "@/lib/platform/http/parse";
import { created, readJson, rest } from "@/lib/platform/http/rest";
import { createPostFromForm } from "@/lib/posts/receive";
import { createPostSchema } from "@/lib/posts/schemas";
import { createPost } from "@/lib/posts/service";

export const POST = rest({}, async ({ viewer, request, idempotencyKey }) => {
  if (isMultipart(request)) return created(await createPostFromForm(viewer, request, idempotencyKey));
  const input = parseInput(createPostSchema, await readJson(request), "body");
  return created(await createPost(viewer, input, idempotencyKey));
});
