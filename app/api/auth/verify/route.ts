import { verifyAddress } from "@/lib/accounts/email";
import { tokenSchema } from "@/lib/accounts/sign-in-schemas";
import { rest } from "@/lib/platform/http/rest";

export const POST = rest({ auth: "optional", body: tokenSchema }, ({ body }) => verifyAddress(body.token));
