import type { IncomingMessage, ServerResponse } from "node:http";
import type { PartHandler } from "@/lib/platform/http/front";
import { asRequest, sendResponse } from "@/lib/platform/http/front-routes";
import type { rest } from "@/lib/platform/http/rest";
import { type Listening, readEventId, Stream } from "./stream";
import type { Streams } from "./streams";

/** Who asks and what for, as `rest` finds it; a `Response` when it is refused. */
type Asking = Pick<ReturnType<typeof rest>, "work">;
/** What the asking answers when it is not refused. */
export type Admitted = { listening: Listening; lastEventId?: string; isOnce: boolean };

/** Answers `GET /api/stream` before Next, which would hold a request's memory for each open stream. */
export function streamPart(asking: Asking, streams: Streams): PartHandler {
  return async (req, res, url) => {
    if (url.pathname !== "/api/stream" || req.method !== "GET") return false;
    const result = await asking.work(asRequest(req, url), { params: Promise.resolve({}) });
    if (result instanceof Response) return sendResponse(req, res, result);
    begin(req, res, result as Admitted, streams);
    return true;
  };
}

function begin(req: IncomingMessage, res: ServerResponse, { listening, lastEventId, isOnce }: Admitted, streams: Streams): void {
  if (res.closed) return;
  const given = [req.headers["last-event-id"] ?? []].flat()[0] ?? lastEventId;
  // An id that is none of ours says that something was known, but not what.
  const { forget } = streams.open(new Stream(listening, res), given === undefined || given === "" ? null : (readEventId(given) ?? 0), isOnce);
  res.once("close", forget);
}
