import { describeDevice } from "@/lib/accounts/device";
import { loginSchema } from "@/lib/accounts/schemas";
import { authenticate } from "@/lib/accounts/service";
import { issueToken } from "@/lib/accounts/sessions";
import { rest } from "@/lib/platform/http/rest";
import { getSelf } from "@/lib/profiles/queries";

export const POST = rest({ auth: "optional", body: loginSchema }, async ({ body, address, request }) => {
  const session = await authenticate(body, { address, kind: "api", device: describeDevice(request.headers.get("user-agent")) });
  return { user: await getSelf({ id: session.userId }), ...(await issueToken(session)) };
});
