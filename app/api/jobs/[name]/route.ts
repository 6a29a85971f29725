import { registry } from "@/lib/jobs";
import { receiveJob } from "@/lib/platform/jobs/receive";

export const dynamic = "force-dynamic";

/** Runs a job for the worker, which signs its requests; for anybody else there is nothing here. */
export async function POST(request: Request, { params }: { params: Promise<{ name: string }> }): Promise<Response> {
  return receiveJob(registry, (await params).name, request);
}
