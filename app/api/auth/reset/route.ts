import { resetPassword } from "@/lib/accounts/reset";
import { resetSchema } from "@/lib/accounts/sign-in-schemas";
import { noContent, rest } from "@/lib/platform/http/rest";

export const POST = rest({ auth: "optional", body: resetSchema }, async ({ body }) => {
  await resetPassword(body);
  return noContent();
});
