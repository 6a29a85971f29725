import { changePasswordSchema } from "@/lib/accounts/schemas";
import { changePassword } from "@/lib/accounts/service";
import { issueToken } from "@/lib/accounts/sessions";
import { rest } from "@/lib/platform/http/rest";

export const POST = rest({ body: changePasswordSchema }, async ({ viewer, body }) => issueToken(await changePassword(viewer, body)));
