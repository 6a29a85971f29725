import { describe, expect, it } from "vitest";
import { shares } from "./postgres.mjs";

describe("what Postgres takes of the memory", () => {
  it.each([
    { megabytes: 900, expected: ["256MB", "1024MB", "128MB"] },
    { megabytes: 4_096, expected: ["341MB", "2048MB", "128MB"] },
    { megabytes: 24_576, expected: ["2048MB", "12288MB", "384MB"] },
    { megabytes: 524_288, expected: ["2048MB", "65536MB", "512MB"] },
  ])("of $megabytes MB", ({ megabytes, expected }) => {
    const { shared_buffers, effective_cache_size, maintenance_work_mem } = shares(megabytes);
    expect([shared_buffers, effective_cache_size, maintenance_work_mem]).toEqual(expected);
  });
});
