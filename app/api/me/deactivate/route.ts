import { deactivateAccount } from "@/lib/accounts/leave";
import { proofSchema } from "@/lib/accounts/sign-in-schemas";
import { noContent, rest } from "@/lib/platform/http/rest";

export const POST = rest({ body: proofSchema }, async ({ viewer, body }) => {
  await deactivateAccount(viewer, body);
  return noContent();
});
