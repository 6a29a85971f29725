import { partyOf } from "@/lib/accounts/passkey-ceremony";
import { startPasskey } from "@/lib/accounts/passkeys";
import { proofSchema } from "@/lib/accounts/sign-in-schemas";
import { rest } from "@/lib/platform/http/rest";

export const POST = rest({ body: proofSchema }, ({ viewer, body, request }) => startPasskey(viewer, partyOf(request.headers), body));
