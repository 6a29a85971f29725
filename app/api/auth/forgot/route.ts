import { requestReset } from "@/lib/accounts/reset";
import { forgotSchema } from "@/lib/accounts/schemas";
import { rest } from "@/lib/platform/http/rest";

export const POST = rest({ auth: "optional", body: forgotSchema }, async ({ body, address }) => {
  await requestReset(body.login, address);
  return Response.json({ message: "If there is such an account, a mail is on its way to its address." }, { status: 202, headers: { "cache-control": "private, no-store" } });
});
