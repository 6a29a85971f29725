import { getAddress, sendVerification } from "@/lib/accounts/email";
import { rest } from "@/lib/platform/http/rest";

export const POST = rest({}, async ({ viewer }) => {
  await sendVerification(viewer);
  return Response.json(await getAddress(viewer), { status: 202, headers: { "cache-control": "private, no-store" } });
});
