import { codeSchema } from "@/lib/accounts/sign-in-schemas";
import { confirmTwoFactor } from "@/lib/accounts/two-factor";
import { rest } from "@/lib/platform/http/rest";

export const POST = rest({ body: codeSchema }, async ({ viewer, body }) => ({ recovery_codes: await confirmTwoFactor(viewer, body.code) }));
