import { unsubscribeSchema } from "@/lib/notifications/delivery/schemas";
import { stopDigest } from "@/lib/notifications/delivery/unsubscribe";
import { noContent, rest } from "@/lib/platform/http/rest";

// The address in the List-Unsubscribe header. Mail programs post to it (RFC 8058); whoever opens it gets the page with the button.

export const GET = rest({ auth: "optional", params: unsubscribeSchema }, async ({ params }) => new Response(null, { status: 303, headers: { location: `/unsubscribe?token=${encodeURIComponent(params.token)}`, "cache-control": "private, no-store" } }));

export const POST = rest({ auth: "optional", params: unsubscribeSchema }, async ({ params }) => {
  await stopDigest(params.token);
  return noContent();
});
