import type { APIRequestContext, APIResponse } from "@playwright/test";

/** Parts of a list, of up to a hundred each, after which somebody would look for no end. */
const MOST = 20;

/** Whether one of these words is in any part of a list; pages have one part. `status` is that of the last part asked for. */
export async function find(caller: APIRequestContext, path: string, words: readonly string[]): Promise<{ status: number; has: boolean }> {
  for (let cursor: string | null = null, part = 1; part <= MOST; part++) {
    const answer: APIResponse = await caller.get(cursor === null ? path : `${path}${path.includes("?") ? "&" : "?"}cursor=${cursor}`);
    const body = await answer.text();
    const has = words.some((word) => body.includes(word));
    cursor = path.startsWith("/api/") && answer.ok() ? (JSON.parse(body).pagination?.next_cursor ?? null) : null;
    if (has || cursor === null) return { status: answer.status(), has };
  }
  throw new Error(`${path} goes on after ${MOST} parts: what is not in them may still be in the list`);
}
