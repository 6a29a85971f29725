import { registry } from "@/lib/jobs";
import { receiveJobs } from "@/lib/platform/jobs/receive";

export const dynamic = "force-dynamic";

/** Runs several jobs at once for the worker, which signs its requests; for anybody else there is nothing here. */
export async function POST(request: Request): Promise<Response> {
  return receiveJobs(registry, request);
}
