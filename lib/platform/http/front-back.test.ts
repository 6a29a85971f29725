import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type IncomingMessage, request, type RequestOptions, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer, text } from "node:stream/consumers";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { closeFront, createFront } from "./front";

type Seen = { method: string; path: string; headers: IncomingHttpHeaders };
let [front, back]: Server[] = [];
let seen: Seen[] = [];
/** How the back answers. */
let work: (req: IncomingMessage, res: ServerResponse) => Promise<unknown>;

const echo = async (req: IncomingMessage, res: ServerResponse) => res.writeHead(201, { "x-by": "back", "x-frame-options": "SAMEORIGIN" }).end(`${(await buffer(req)).length}`);
const portOf = (server: Server) => (server.address() as AddressInfo).port;
const listen = (server: Server, port = 0) => once(server.listen(port, "127.0.0.1"), "listening");

const startBack = async (port = 0) => {
  back = createServer((req, res) => {
    seen.push({ method: req.method!, path: req.url!, headers: req.headers });
    void work(req, res);
  });
  await listen(back, port);
};

beforeAll(async () => {
  await startBack();
  front = createFront({
    dev: false,
    back: new URL(`http://127.0.0.1:${portOf(back!)}`),
    parts: [],
    pages: async (req, res) => void res.end(`front ${(await buffer(req)).length}`),
  });
  await listen(front);
});
beforeEach(() => {
  seen = [];
  work = echo;
});
afterAll(() => Promise.all([closeFront(front!, 100), closeFront(back!, 100)]));

const begin = (method: string, path: string, options: RequestOptions = {}) => request({ port: portOf(front!), host: "127.0.0.1", method, path, ...options });

async function ask(method: string, path: string, body?: Buffer, options?: RequestOptions) {
  const req = begin(method, path, options);
  const [answer] = (await once(req.end(body), "response")) as [IncomingMessage];
  return { status: answer.statusCode, headers: answer.headers, text: await text(answer) };
}

test("the steps of posting go to the other process, and nothing else", async () => {
  const steps = ["/api/uploads?x=1", "/api/uploads/12/parts", "/api/uploads/12/complete", "/api/posts"];
  for (const path of steps) expect({ path, ...(await ask("POST", path, Buffer.alloc(100_000))) }).toMatchObject({ path, status: 201, text: "100000", headers: { "x-by": "back", "x-frame-options": "SAMEORIGIN" } });
  expect(seen.map(({ method, path }) => `${method} ${path}`)).toEqual(steps.map((path) => `POST ${path}`));
  for (const [method, path] of [["GET", "/storage/a"], ["PUT", "/storage/a"], ["PUT", "/api/uploads/12"], ["GET", "/api/uploads/12"], ["DELETE", "/api/uploads/12"], ["POST", "/api/posts/12/like"], ["POST", "/api/uploadsx"], ["POST", "/"], ["GET", "/"]] as const)
    expect({ path, text: (await ask(method, path)).text }).toEqual({ path, text: "front 0" });
  expect(seen).toHaveLength(steps.length);
});

test("it hears who asked, as whom, and under which id; not what belongs to the connection", async () => {
  const { headers } = await ask("POST", "/api/posts", Buffer.from("{}"), { headers: { host: "photos.example", cookie: "a=1", "x-forwarded-for": "6.6.6.6", "x-heliograph-address": "6.6.6.6", "x-request-id": "chosen-by-them", te: "trailers", expect: "100-continue" } });
  expect(seen[0]!.headers).toMatchObject({ host: "photos.example", cookie: "a=1", "x-forwarded-for": "127.0.0.1", "x-request-id": headers["x-request-id"] });
  expect(headers["x-request-id"]).not.toBe("chosen-by-them");
  expect([seen[0]!.headers.te, seen[0]!.headers.expect]).toEqual([undefined, undefined]);
});

test("a body whose length is not told comes whole", async () => {
  const req = begin("POST", "/api/posts", { headers: { "transfer-encoding": "chunked" } });
  for (let i = 0; i < 50; i++) req.write(Buffer.alloc(30_000));
  const [answer] = (await once(req.end(), "response")) as [IncomingMessage];
  expect(await text(answer)).toBe("1500000");
});

test("a refusal arrives while the body is still being sent, which is not cut off for it", async () => {
  let cut = () => {};
  work = async (req, res) => {
    res.writeHead(403).end("too large");
    cut = () => req.socket.destroy();
  };
  const failures: Error[] = [];
  const req = begin("POST", "/api/posts", { headers: { "content-length": 20_000_000 } }).on("error", (error) => failures.push(error));
  req.write(Buffer.alloc(1_000_000));
  const [answer] = (await once(req, "response")) as [IncomingMessage];
  expect([answer.statusCode, await text(answer)]).toEqual([403, "too large"]);
  cut();
  await once(req.end(Buffer.alloc(19_000_000)), "close");
  expect(failures).toEqual([]);
});

test("who hangs up in the middle is not waited for", async () => {
  const gone = Promise.withResolvers<void>();
  work = async (req) => req.once("close", () => gone.resolve()).resume();
  const req = begin("POST", "/api/posts", { headers: { "content-length": 50_000_000 } }).on("error", () => {});
  req.write(Buffer.alloc(1_000_000));
  await expect.poll(() => seen.length).toBe(1);
  req.destroy();
  await gone.promise;
});

test("an answer that breaks off, or never begins, is told from a whole one; who was not heard to the end may ask again", async () => {
  work = async (req, res) => {
    await buffer(req);
    res.writeHead(200, { "content-length": 1_000 }).write("half");
    setTimeout(() => req.socket.destroy(), 20);
  };
  await expect(ask("POST", "/api/posts", Buffer.from("{}"))).rejects.toThrow("aborted");
  work = async (req) => buffer(req).then(() => req.socket.destroy());
  await expect(ask("POST", "/api/posts", Buffer.from("{}"))).rejects.toThrow("hang up");
  work = async (req) => void req.socket.destroy();
  const req = begin("POST", "/api/posts", { headers: { "content-length": 5_000_000 } }).on("error", () => {});
  req.write(Buffer.alloc(1_000_000));
  const [answer] = (await once(req, "response")) as [IncomingMessage];
  expect([answer.statusCode, answer.headers["retry-after"], JSON.parse(await text(answer)).error.code]).toEqual([503, "2", "unavailable"]);
  req.destroy();
});

test("nothing is left of a request that was refused early, or whose sender went away", async () => {
  const open = () => new Promise<number>((resolve) => back!.getConnections((_, count) => resolve(count)));
  for (let i = 0; i < 20; i++) {
    work = i % 2 ? async (_req, res) => res.writeHead(401).end("no") : async (req) => void req.resume();
    const req = begin("POST", "/api/posts", { headers: { "content-length": 5_000_000 } }).on("error", () => {});
    req.write("x");
    if (i % 2) await once(req, "response");
    else await expect.poll(() => seen.length).toBe(i + 1);
    req.destroy();
  }
  await expect.poll(open).toBeLessThan(3);
});

test("while it is not there, all is answered here, and by it as soon as it is back", async () => {
  const port = portOf(back!);
  await closeFront(back!, 0);
  for (const body of [Buffer.from("{}"), Buffer.alloc(5_000_000)]) expect(await ask("POST", "/api/posts", body)).toMatchObject({ status: 200, text: `front ${body.length}` });
  await startBack(port);
  await expect.poll(() => ask("POST", "/api/posts", Buffer.alloc(10)).then(({ status }) => status), { timeout: 3_000 }).toBe(201);
});

test("only who knows our secret is believed what it says of somebody else", async () => {
  await ask("POST", "/api/posts", Buffer.from("{}"));
  const key = seen[0]!.headers["x-heliograph-front"] as string;
  expect(key).toMatch(/^[0-9a-f]{64}$/);
  const forwarded = async (given: string) => {
    const address = { "x-forwarded-for": "9.9.9.9", "x-request-id": "given-by-front", "x-heliograph-front": given };
    const { headers } = await ask("POST", "/api/posts", Buffer.from("{}"), { headers: address });
    return [seen.at(-1)!.headers["x-forwarded-for"], headers["x-request-id"] === "given-by-front"];
  };
  expect(await forwarded(key)).toEqual(["9.9.9.9", true]);
  for (const wrong of ["", "x", "0".repeat(64), "é".repeat(64)]) expect(await forwarded(wrong)).toEqual(["127.0.0.1", false]);
});
