import type { IncomingMessage, ServerResponse } from "node:http";
import { fewAtOnce } from "@/lib/platform/process/few-at-once";

/** What people send in bursts and do not look at a screen for: bringing files and posting them. */
const BURSTS = /^\/api\/(?:uploads(?:\/\w+\/complete)?|posts)$/;

/** Bytes of a body that has come with its headers; a form of photos takes as long as its sender's connection, and would keep its place meanwhile. */
const AT_HAND = 65_536;

/**
 * Two of a burst keep a process busy; more would only stand between a reader and a page at each of its steps. None of them takes a quarter of a second when
 * nothing is slow, and a line of a hundred is more than a burst: it is somebody's who is soon told that they are too many.
 */
const enter = fewAtOnce({ limit: 2, ms: 250, most: 100 });

/** Lets the steps of posting through a few at once; everything else at once. */
export async function waitInLine(req: IncomingMessage, res: ServerResponse, { pathname }: URL): Promise<void> {
  if (req.method !== "POST" || !BURSTS.test(pathname) || !(Number(req.headers["content-length"]) <= AT_HAND)) return;
  const leave = await enter();
  if (res.closed) leave();
  else res.once("close", leave);
}
