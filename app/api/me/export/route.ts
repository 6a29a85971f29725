import { proofSchema } from "@/lib/accounts/sign-in-schemas";
import { requestExport } from "@/lib/exports/service";
import { rest } from "@/lib/platform/http/rest";

export const POST = rest({ body: proofSchema }, async ({ viewer, body }) =>
  Response.json(await requestExport(viewer, body), { status: 202, headers: { "cache-control": "private, no-store" } }));
