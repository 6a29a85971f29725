import { changeAddress, getAddress } from "@/lib/accounts/email";
import { addressSchema } from "@/lib/accounts/sign-in-schemas";
import { rest } from "@/lib/platform/http/rest";

export const GET = rest({}, ({ viewer }) => getAddress(viewer));

export const POST = rest({ body: addressSchema }, async ({ viewer, body }) => {
  await changeAddress(viewer, body);
  return Response.json(await getAddress(viewer), { status: 202, headers: { "cache-control": "private, no-store" } });
});
