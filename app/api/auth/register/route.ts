import { describeDevice } from "@/lib/accounts/device";
import { registerSchema } from "@/lib/accounts/schemas";
import { register } from "@/lib/accounts/service";
import { issueToken } from "@/lib/accounts/sessions";
import { created, rest } from "@/lib/platform/http/rest";
import { getSelf } from "@/lib/profiles/queries";

export const POST = rest({ auth: "optional", body: registerSchema }, async ({ body, address, request }) => {
  const session = await register(body, { address, kind: "api", device: describeDevice(request.headers.get("user-agent")) });
  return created({ user: await getSelf({ id: session.userId }), ...(await issueToken(session)) });
});
