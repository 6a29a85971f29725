import type { z } from "zod";
import { setAvatar } from "@/lib/accounts/avatar";
import { prepareAvatar } from "@/lib/media/avatar";
import { isMultipart, receivePhotoForm } from "@/lib/media/multipart";
import { chosenAvatarSchema } from "@/lib/media/schemas";
import { parseInput } from "@/lib/platform/http/parse";
import { readJson, rest } from "@/lib/platform/http/rest";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { getSelf } from "@/lib/profiles/queries";

export const PUT = rest({}, async ({ viewer, request }) => {
  const { media_id, crop } = isMultipart(request) ? await receive(viewer, request) : parseInput(chosenAvatarSchema, await readJson(request), "body");
  await setAvatar(viewer, await prepareAvatar(viewer, media_id, crop ?? null));
  return getSelf(viewer);
});

export const DELETE = rest({}, async ({ viewer }) => {
  await setAvatar(viewer, null);
  return getSelf(viewer);
});

async function receive(viewer: Viewer, request: Request): Promise<z.infer<typeof chosenAvatarSchema>> {
  const { mediaIds } = await receivePhotoForm(viewer, request, { purpose: "avatar", maxFiles: 1 });
  return { media_id: mediaIds[0]! };
}
