import { joinGroup } from "@/lib/messages/groups";
import { readInvite } from "@/lib/messages/queries";
import { tokenParam } from "@/lib/messages/schemas";
import { notFound } from "@/lib/platform/errors";
import { rest } from "@/lib/platform/http/rest";

export const GET = rest({ params: tokenParam }, async ({ viewer, params }) => {
  const invite = await readInvite(viewer, params.token);
  if (!invite) throw notFound("This invitation does not count any more.");
  return invite;
});

export const POST = rest({ params: tokenParam }, ({ viewer, params }) => joinGroup(viewer, params.token));
