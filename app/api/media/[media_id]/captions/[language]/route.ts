import { captionsBody, captionsParam, labelOf } from "@/lib/media/video/schemas";
import { parseInput } from "@/lib/platform/http/parse";
import { noContent, readJson, rest } from "@/lib/platform/http/rest";
import { removeSubtitles, setSubtitles } from "@/lib/posts/captions";

export const PUT = rest({ params: captionsParam }, async ({ viewer, params, request }) => {
  const isFile = request.headers.get("content-type")?.startsWith("text/vtt") ?? false;
  const body = parseInput(captionsBody, isFile ? { text: await request.text() } : await readJson(request), "body");
  await setSubtitles(viewer, params.media_id, { language: params.language, label: body.label ?? labelOf(params.language), text: body.text });
  return noContent();
});

export const DELETE = rest({ params: captionsParam }, async ({ viewer, params }) => {
  await removeSubtitles(viewer, params.media_id, params.language);
  return noContent();
});
