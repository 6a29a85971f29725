import { type ClientRequest, type IncomingHttpHeaders, type IncomingMessage, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { closeFront, createFront } from "@/lib/platform/http/front";
import type { Streams } from "@/lib/platform/realtime/streams";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { openStreams, streamHandler } from "@/lib/realtime/stream";
import { tokenOf } from "./api";

/** What events carry, all kinds together: which of it is there is for a test to know. */
type Data = { topics: string[]; after_ms: number; unread_count: number; newest_id: string; post_id: string; like_count: number; comment_count: number; comment_id: string; gone: boolean; thread_id: string; message_id: string | null; what: string; request_count: number; user_id: string; username: string };
export type Heard = { id: string; event: string; data: Data; at: number };

const served: { server: Server; streams: Streams }[] = [];

/** A server that answers nothing but `GET /api/stream`, as one process of the app. */
export async function serveStreams(): Promise<{ server: Server; streams: Streams }> {
  const streams = openStreams();
  const server = createFront({ dev: false, parts: [streamHandler(streams)], pages: async (_req, res) => void res.end("Next's") });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  await streams.ready();
  served.push({ server, streams });
  return { server, streams };
}

/** Ends all of them. */
export async function endServed(): Promise<void> {
  for (const { server, streams } of served.splice(0)) {
    streams.endAll();
    await closeFront(server, 100);
  }
}

/** A client of the event stream, as far as a test needs one. */
export class Listener {
  readonly heard: Heard[] = [];
  /** Of the last event, or sign of life. */
  lastId = "";
  isEnded = false;
  raw = "";
  status = 0;
  headers: IncomingHttpHeaders = {};
  #request!: ClientRequest;
  #answer!: IncomingMessage;

  /** Connects; resolves when the headers of the answer are there. */
  static async open(server: Server, as: Viewer | null, { topics = [], from, ...headers }: { topics?: readonly string[]; from?: string; [header: string]: unknown } = {}): Promise<Listener> {
    const listener = new Listener();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    listener.#request = request({
      host: "127.0.0.1", port: (server.address() as AddressInfo).port, agent: false, path: `/api/stream?topics=${topics.map((id) => `post:${id}`).join(",")}`,
      headers: { ...(as ? { authorization: `Bearer ${await tokenOf(as)}` } : {}), ...(from === undefined ? {} : { "last-event-id": from }), ...(headers as Record<string, string>) },
    }, (answer) => {
      listener.#answer = answer;
      Object.assign(listener, { status: answer.statusCode, headers: answer.headers });
      answer.setEncoding("utf8").on("data", (text: string) => listener.#read(text));
      answer.once("close", () => (listener.isEnded = true)).on("error", () => {});
      resolve();
    });
    listener.#request.once("error", reject).on("error", () => (listener.isEnded = true)).end();
    await promise;
    return listener;
  }

  #read(text: string): void {
    this.raw += text;
    for (let end = this.raw.indexOf("\n\n"); end >= 0; end = this.raw.indexOf("\n\n")) {
      const fields = Object.fromEntries(this.raw.slice(0, end).split("\n").filter((line) => !line.startsWith(":")).map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 2)]));
      this.raw = this.raw.slice(end + 2);
      if (fields.id) this.lastId = fields.id;
      if (fields.event) this.heard.push({ id: fields.id!, event: fields.event, data: JSON.parse(fields.data!), at: performance.now() });
    }
  }

  of(event: string): Heard[] {
    return this.heard.filter((one) => one.event === event);
  }

  /** The first event of this kind, of those from the `from`th on; waits for it. */
  async next(event: string, from = 0, ms = 5_000): Promise<Heard> {
    for (const end = performance.now() + ms; performance.now() < end; await pause(5)) {
      const found = this.of(event)[from];
      if (found) return found;
    }
    throw new Error(`no "${event}" came; heard: ${JSON.stringify(this.heard)}`);
  }

  async ended(ms = 6_000): Promise<void> {
    for (const end = performance.now() + ms; performance.now() < end; await pause(5)) if (this.isEnded) return;
    throw new Error("the stream goes on");
  }

  /** Reads nothing any more, as a client that hangs. */
  stopReading(): void {
    this.#answer.pause();
    this.#answer.socket.pause();
  }

  close(): void {
    this.#request.destroy();
  }
}
