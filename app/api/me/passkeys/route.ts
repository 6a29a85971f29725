import type { RegistrationResponseJSON } from "@simplewebauthn/server";
import { describeDevice } from "@/lib/accounts/device";
import { partyOf } from "@/lib/accounts/passkey-ceremony";
import { addPasskey, listPasskeys } from "@/lib/accounts/passkeys";
import { newPasskeySchema } from "@/lib/accounts/sign-in-schemas";
import { created, rest } from "@/lib/platform/http/rest";

export const GET = rest({}, async ({ viewer }) => ({ passkeys: await listPasskeys(viewer) }));

export const POST = rest({ body: newPasskeySchema }, async ({ viewer, body, request: { headers } }) =>
  created(await addPasskey(viewer, partyOf(headers), { response: body.response as RegistrationResponseJSON, name: body.name ?? describeDevice(headers.get("user-agent")) })));
