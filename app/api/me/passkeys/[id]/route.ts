import { removePasskey, renamePasskey } from "@/lib/accounts/passkeys";
import { passkeyNameSchema, proofSchema } from "@/lib/accounts/sign-in-schemas";
import { idParam } from "@/lib/platform/http/params";
import { noContent, rest } from "@/lib/platform/http/rest";

export const PATCH = rest({ params: idParam, body: passkeyNameSchema }, ({ viewer, params, body }) => renamePasskey(viewer, params.id, body.name));

export const DELETE = rest({ params: idParam, body: proofSchema }, async ({ viewer, params, body }) => {
  await removePasskey(viewer, params.id, body);
  return noContent();
});
