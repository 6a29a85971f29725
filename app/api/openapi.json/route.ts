import { openApi } from "@/lib/openapi/api";

export const dynamic = "force-dynamic";

/** The same for everybody, and asked for by tools of other origins. */
export function GET(): Response {
  return Response.json(openApi(), { headers: { "cache-control": "public, max-age=300", "access-control-allow-origin": "*" } });
}
