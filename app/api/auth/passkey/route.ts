import type { AuthenticationResponseJSON } from "@simplewebauthn/server";
import { programOrigin } from "@/lib/accounts/device";
import { partyOf } from "@/lib/accounts/passkey-ceremony";
import { signInWithPasskey } from "@/lib/accounts/passkey-sign-in";
import { issueToken } from "@/lib/accounts/sessions";
import { shownPasskeySchema } from "@/lib/accounts/sign-in-schemas";
import { rest } from "@/lib/platform/http/rest";
import { getSelf } from "@/lib/profiles/queries";

export const POST = rest({ auth: "optional", body: shownPasskeySchema }, async ({ body, address, request }) => {
  const session = await signInWithPasskey(partyOf(request.headers), body.response as AuthenticationResponseJSON, programOrigin(request.headers, address));
  return { user: await getSelf({ id: session.userId }), ...(await issueToken(session)) };
});
