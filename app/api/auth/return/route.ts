import { programOrigin } from "@/lib/accounts/device";
import { returnToAccount } from "@/lib/accounts/return";
import { issueToken } from "@/lib/accounts/sessions";
import { returnSchema } from "@/lib/accounts/sign-in-schemas";
import { rest } from "@/lib/platform/http/rest";
import { getSelf } from "@/lib/profiles/queries";

export const POST = rest({ auth: "optional", body: returnSchema }, async ({ body, address, request }) => {
  const session = await returnToAccount(body.challenge, programOrigin(request.headers, address));
  return { user: await getSelf({ id: session.userId }), ...(await issueToken(session)) };
});
