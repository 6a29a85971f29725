import { proofSchema } from "@/lib/accounts/sign-in-schemas";
import { disableTwoFactor, getTwoFactor, startTwoFactor } from "@/lib/accounts/two-factor";
import { created, rest } from "@/lib/platform/http/rest";

export const GET = rest({}, ({ viewer }) => getTwoFactor(viewer));

export const POST = rest({ body: proofSchema }, async ({ viewer, body }) => created(await startTwoFactor(viewer, body)));

export const DELETE = rest({ body: proofSchema }, async ({ viewer, body }) => {
  await disableTwoFactor(viewer, body);
  return getTwoFactor(viewer);
});
