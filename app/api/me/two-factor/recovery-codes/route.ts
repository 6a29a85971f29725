import { proofSchema } from "@/lib/accounts/sign-in-schemas";
import { renewRecoveryCodes } from "@/lib/accounts/two-factor";
import { rest } from "@/lib/platform/http/rest";

export const POST = rest({ body: proofSchema }, async ({ viewer, body }) => ({ recovery_codes: await renewRecoveryCodes(viewer, body) }));
