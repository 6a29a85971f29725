import { describe, expect, it } from "vitest";
import { breaches } from "./import-rules.mjs";

const said = (file: string, text: string) => breaches(file, text).join("; ");

describe("the layout's rules", () => {
  it.each([
    ["a later domain", "lib/posts/service.ts", 'import { x } from "@/lib/feed/service";', /later or neighbouring domain feed/],
    ["a later domain, by a relative path", "lib/posts/service.ts", 'import { x } from "../feed/service";', /domain feed/],
    ["a neighbouring domain", "lib/comments/service.ts", 'import { x } from "@/lib/interactions/service";', /domain interactions/],
    ["a later domain's types", "lib/graph/types.ts", 'import type { Post } from "@/lib/posts/types";', /types too/],
    ["a later domain at run time", "lib/graph/service.ts", 'const x = await import("@/lib/posts/service");', /domain posts/],
    ["re-exporting a later domain", "lib/graph/service.ts", 'export { x } from "@/lib/posts/service";', /domain posts/],
    ["a domain in the platform", "lib/platform/viewer/viewer.ts", 'import { x } from "@/lib/accounts/queries";', /is platform/],
    ["the database's package in a page", "app/page.tsx", 'import { eq } from "drizzle-orm";', /only lib and db/],
    ["sharp in a component", "components/media/photo.tsx", 'import sharp from "sharp";', /only lib and db/],
    ["Redis in a script", "scripts/x.ts", 'import { Redis } from "@upstash/redis";', /only lib and db/],
    ["the database in a page", "app/page.tsx", 'import { db } from "@/db/client";', /go through lib/],
    ["the environment", "lib/feed/service.ts", "const x = process.env.X;", /process\.env/],
    ["queries in a client file", "components/feed/like.tsx", '"use client";\nimport { x } from "@/lib/feed/queries";', /client file/],
    ["a service in a client file", "components/feed/like.tsx", "'use client'\nimport { x } from '@/lib/feed/service';", /client file/],
    ["a domain in a primitive", "components/ui/button.tsx", 'import { x } from "@/lib/posts/types";', /primitive/],
    ["a page in the data layer", "lib/posts/service.ts", 'import { x } from "@/components/ui/button";', /know no pages/],
    ["tests' own in the program", "lib/posts/service.ts", 'import { x } from "@/lib/testing/database";', /for tests/],
    ["a barrel", "lib/posts/index.ts", "", /barrel/],
    ["a vague name", "lib/posts/utils.ts", "", /says nothing/],
    ["a name in another case", "components/ui/IconButton.tsx", "", /kebab-case/],
  ])("refuse %s", (_, file, text, sentence) => expect(said(file, text)).toMatch(sentence));

  it.each([
    ["an earlier domain", "lib/feed/service.ts", 'import { x } from "@/lib/posts/service";'],
    ["the own domain", "lib/feed/service.ts", 'import { x } from "./queries";'],
    ["the platform", "lib/accounts/service.ts", 'import { env } from "@/lib/platform/env";'],
    ["the environment in its one place", "lib/platform/env.ts", "readEnv(process.env)"],
    ["an action and types in a client file", "components/feed/like.tsx", '"use client";\nimport { like } from "@/lib/interactions/actions";\nimport type { Post } from "@/lib/posts/types";'],
    ["a query in a server component", "components/feed/list.tsx", 'import { x } from "@/lib/feed/queries";'],
    ["what only a comment names", "lib/posts/service.ts", '// import { x } from "@/lib/feed/service"; process.env\n/* process.env */'],
    ["addresses in strings", "lib/posts/service.ts", 'const a = "https://example.com"; import { x } from "@/lib/media/service";'],
    ["everything in tests", "lib/posts/service.test.ts", 'import { x } from "@/lib/feed/service"; process.env.X = "1";'],
    ["the schema's index", "db/schema/index.ts", 'export * from "./posts";'],
  ])("allow %s", (_, file, text) => expect(said(file, text)).toBe(""));
});
