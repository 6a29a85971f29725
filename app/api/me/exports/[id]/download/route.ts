import { proofSchema } from "@/lib/accounts/sign-in-schemas";
import { signExport } from "@/lib/exports/service";
import { AppError } from "@/lib/platform/errors";
import { idParam } from "@/lib/platform/http/params";
import { rest } from "@/lib/platform/http/rest";

const goTo = (location: string) => new Response(null, { status: 303, headers: { location, "cache-control": "private, no-store" } });

export const GET = rest({ params: idParam }, async ({ viewer, params, request }) => {
  const signing = signExport(viewer, params.id);
  if (!request.headers.get("accept")?.includes("text/html")) return signing;
  // A page that was opened a while ago still shows the link: there it asks for the proof.
  return signing.then(({ url }) => goTo(url), (error: unknown) => (error instanceof AppError && error.code === "step_up_required" ? goTo("/settings/data") : Promise.reject(error)));
});

export const POST = rest({ params: idParam, body: proofSchema }, ({ viewer, params, body }) => signExport(viewer, params.id, body));
