import { deleteAccountSchema } from "@/lib/accounts/sign-in-schemas";
import { deleteAccount } from "@/lib/accounts/leave";
import { rest } from "@/lib/platform/http/rest";
import { getSelf } from "@/lib/profiles/queries";
import { profilePatchSchema } from "@/lib/profiles/schemas";
import { updateProfile } from "@/lib/profiles/service";

export const GET = rest({}, ({ viewer }) => getSelf(viewer));

export const PATCH = rest({ body: profilePatchSchema }, async ({ viewer, body }) => {
  await updateProfile(viewer, body);
  return getSelf(viewer);
});

export const DELETE = rest({ body: deleteAccountSchema }, async ({ viewer, body }) => {
  await deleteAccount(viewer, body.password, body.code);
  return Response.json({ message: "The account is hidden. Log in within 30 days to keep it." }, { status: 202, headers: { "cache-control": "private, no-store" } });
});
