import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { defineJob } from "./define";
import { receiveJob, receiveJobs } from "./receive";
import { SEVERAL } from "./several";
import { HEADERS, signedHeaders } from "./signature";

let runs = 0;
const job = defineJob({ name: "test.signed", schema: z.object({ n: z.number() }), handler: async () => void (runs += 1) });
const head = { name: "test.signed", id: randomUUID(), attempt: 1 };
const body = JSON.stringify({ n: 1 });

async function post(options: { name?: string; headers?: Record<string, string>; body?: string } = {}): Promise<number> {
  const sent = options.body ?? body;
  const headers = { ...signedHeaders(head, body), "content-length": String(sent.length), ...options.headers };
  const response = await receiveJob([job], options.name ?? "test.signed", new Request("http://app/api/jobs/x", { method: "POST", headers, body: sent }));
  return response.status;
}

describe("the job route", () => {
  it("runs what the worker signed, and answers how it ended", async () => {
    expect(await post()).toBe(200);
    expect(runs).toBe(1);
    const wrong = JSON.stringify({ n: "one" });
    expect(await post({ body: wrong, headers: signedHeaders(head, wrong) })).toBe(422);
  });

  it.each([
    ["no signature", { headers: { [HEADERS.signature]: "" } }],
    ["another's signature", { headers: { [HEADERS.signature]: "0".repeat(64) } }],
    ["a signature of another length", { headers: { [HEADERS.signature]: "00" } }],
    ["another job's name", { name: "test.other" }],
    ["another id", { headers: { [HEADERS.id]: randomUUID() } }],
    ["another attempt", { headers: { [HEADERS.attempt]: "2" } }],
    ["another body", { body: JSON.stringify({ n: 2 }) }],
    ["another digest", { headers: { [HEADERS.digest]: "0".repeat(64) } }],
    ["an old request", { headers: signedHeaders(head, body, Date.now() - 61_000) }],
    ["a request from the future", { headers: signedHeaders(head, body, Date.now() + 61_000) }],
    ["a time that was changed", { headers: { [HEADERS.time]: String(Date.now() + 5) } }],
    ["a body beyond all measure", { headers: { "content-length": "1000000000" } }],
    ["a body of unknown length", { headers: { "content-length": "" } }],
  ])("has nothing for %s", async (_, options) => {
    const before = runs;
    expect(await post(options)).toBe(404);
    expect(runs).toBe(before);
  });

  it("does not read the body of a stranger", async () => {
    let read = false;
    const stream = new ReadableStream({
      pull(controller) {
        read = true;
        controller.enqueue(new Uint8Array(1_000));
      },
    }, { highWaterMark: 0 });
    const request = new Request("http://app/api/jobs/test.signed", { method: "POST", body: stream, duplex: "half" } as RequestInit);
    expect((await receiveJob([job], "test.signed", request)).status).toBe(404);
    expect(read).toBe(false);
  });

  it("knows only the jobs of the registry", async () => {
    const headers = { ...signedHeaders({ ...head, name: "test.unknown" }, body), "content-length": String(body.length) };
    expect((await receiveJob([job], "test.unknown", new Request("http://app/", { method: "POST", headers, body }))).status).toBe(404);
  });
});

describe("the route of several jobs", () => {
  const several = (name = "test.signed") => JSON.stringify([{ name, id: randomUUID(), attempt: 1, data: { n: 1 } }, { name, id: randomUUID(), attempt: 2, data: { n: "one" } }]);
  const send = (sent: string, headers: Record<string, string>) => receiveJobs([job], new Request("http://app/api/jobs", { method: "POST", headers: { "content-length": String(sent.length), ...headers }, body: sent }));
  const own = (sent: string) => signedHeaders({ name: SEVERAL, id: randomUUID(), attempt: 1 }, sent);
  const ends = async (sent: string) => (await (await send(sent, own(sent))).text()).trim().split("\n").map((line) => JSON.parse(line) as { id: string; kind: string });

  it("runs what the worker signed, and says of each how it ended", async () => {
    const before = runs;
    const sent = several();
    const [first, second] = JSON.parse(sent) as { id: string }[];
    expect(await ends(sent)).toEqual(expect.arrayContaining([{ id: first!.id, kind: "done" }, { id: second!.id, kind: "permanent", message: expect.any(String) }]));
    expect(runs).toBe(before + 1);
    expect((await ends(several("test.unknown"))).map(({ kind }) => kind)).toEqual(["not_now", "not_now"]);
  });

  it.each([
    ["nothing signed", () => ({})],
    ["what was signed as one job", (sent: string) => signedHeaders(head, sent)],
    ["another body", () => own("[]")],
    ["a body beyond all measure", (sent: string) => ({ ...own(sent), "content-length": "1000000000" })],
    ["what is no list of jobs", () => own("{}"), "{}"],
  ] as [string, (sent: string) => Record<string, string>, string?][])("has nothing for %s", async (_, headers, sent = several()) => {
    const before = runs;
    expect((await send(sent, headers(sent))).status).toBe(404);
    expect(runs).toBe(before);
  });

  it("is no way to have one job taken for several", async () => {
    const sent = several();
    const response = await receiveJob([job], SEVERAL, new Request("http://app/api/jobs/several", { method: "POST", headers: { ...own(sent), "content-length": String(sent.length) }, body: sent }));
    expect(response.status).toBe(404);
  });
});
