import { disown } from "@/lib/accounts/disown";
import { tokenSchema } from "@/lib/accounts/sign-in-schemas";
import { rest } from "@/lib/platform/http/rest";

export const POST = rest({ auth: "optional", body: tokenSchema }, async ({ body }) => ({ reset_token: (await disown(body.token)).resetToken }));
