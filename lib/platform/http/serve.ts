import type { Server } from "node:http";
import next from "next";
import { closeDatabase } from "@/db/client";
import { env } from "@/lib/platform/env";
import { finishUp } from "@/lib/platform/process/endings";
import { askedToEnd, tellReady } from "@/lib/platform/process/lifetime";
import type { Streams } from "@/lib/platform/realtime/streams";
import { closeFront, createFront, type FrontOptions, type PartHandler } from "./front";
import type { Routes } from "./front-routes";
import { staticFiles } from "./front-static";

/**
 * The web process: Next's pages behind our front, until it is asked to end. `parts` answer their own addresses before Next, and so do `routes`; `shown` hears of pages shown
 * without it. `streams` end first, else nothing would.
 */
export async function serve(parts: PartHandler[], routes: Routes, streams: Streams, shown?: FrontOptions["shown"]): Promise<void> {
  const { NODE_ENV, PORT, HOST, BACK_URL } = env();
  const dev = NODE_ENV === "development";
  const app = next({ dev, dir: process.cwd(), hostname: "localhost", port: PORT, quiet: !dev });
  await app.prepare();
  const server = createFront({ dev, shown, back: BACK_URL ? new URL(BACK_URL) : undefined, pages: app.getRequestHandler(), upgrade: dev ? app.getUpgradeHandler() : undefined, parts: dev ? parts : [staticFiles(".next/static"), ...parts], routes: dev ? undefined : routes });
  await listen(server, PORT, HOST);
  tellReady();
  await askedToEnd();
  streams.endAll();
  await closeFront(server);
  await finishUp();
  await Promise.race([Promise.all([app.close(), closeDatabase()]), new Promise((resolve) => setTimeout(resolve, 3000))]);
  process.exit(0);
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ port, host }, () => {
      server.off("error", reject);
      resolve();
    });
  });
}
