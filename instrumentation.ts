import type { Instrumentation } from "next";

/** Errors that Next.js shows as an error page would otherwise be nowhere: logged with the request's id, without its query. */
export const onRequestError: Instrumentation.onRequestError = async (error, request, context) => {
  const { log } = await import("@/lib/platform/log");
  const id = request.headers["x-request-id"];
  log().error({ err: error, request_id: Array.isArray(id) ? id[0] : id, method: request.method, path: request.path.split("?")[0], route: context.routePath }, "a page failed");
};
