import { partyOf } from "@/lib/accounts/passkey-ceremony";
import { startPasskeySignIn } from "@/lib/accounts/passkey-sign-in";
import { rest } from "@/lib/platform/http/rest";

export const POST = rest({ auth: "optional" }, ({ request }) => startPasskeySignIn(partyOf(request.headers)));
