import { programOrigin } from "@/lib/accounts/device";
import { passSecondStep } from "@/lib/accounts/second-step";
import { issueToken } from "@/lib/accounts/sessions";
import { secondStepSchema } from "@/lib/accounts/sign-in-schemas";
import { rest } from "@/lib/platform/http/rest";
import { getSelf } from "@/lib/profiles/queries";

export const POST = rest({ auth: "optional", body: secondStepSchema }, async ({ body, address, request }) => {
  const session = await passSecondStep(body, programOrigin(request.headers, address));
  return { user: await getSelf({ id: session.userId }), ...(await issueToken(session)) };
});
