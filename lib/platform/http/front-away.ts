import type { IncomingMessage, ServerResponse } from "node:http";
import { isDatabaseAway, isDatabaseTroubled } from "@/db/patience";

const RETRY_SECONDS = "5";

/** An answer that failed because the database is away is "try again" (503), whatever Next calls it. */
export function blameDatabase(res: ServerResponse): void {
  const writeHead = res.writeHead.bind(res) as (status: number, ...rest: unknown[]) => ServerResponse;
  res.writeHead = ((status: number, ...rest: unknown[]) => {
    if (status !== 500 || !isDatabaseTroubled()) return writeHead(status, ...rest);
    res.setHeader("retry-after", RETRY_SECONDS);
    return writeHead(503, ...rest);
  }) as ServerResponse["writeHead"];
}

/** While the database is away, no page can be made: says so at once, and looks again by itself. False when it is not away, or something else was asked for. */
export function answerAway(req: IncomingMessage, res: ServerResponse, url: URL): boolean {
  if (!isDatabaseAway() || !isPage(req, url)) return false;
  res.writeHead(503, { "content-type": "text/html; charset=utf-8", "cache-control": "no-store", "retry-after": RETRY_SECONDS, refresh: RETRY_SECONDS });
  res.end(req.method === "HEAD" ? undefined : PAGE);
  return true;
}

/** A document, as a browser asks for one; Next's own requests for parts of pages end in one, too, when they fail. */
export const isPage = (req: IncomingMessage, url: URL): boolean =>
  (req.method === "GET" || req.method === "HEAD") && (req.headers.accept ?? "").includes("text/html") && !url.pathname.startsWith("/api/") && !url.pathname.startsWith("/_next/");

// It stands alone: nothing it needs may need the database. As the error page of the product (message-page.tsx), in the same colours.
const PAGE = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Back in a moment · Heliograph</title>
<style>
:root{color-scheme:light dark;--bg:#fbf8f3;--text:#1d1a16;--muted:#655d53;--line:#8b8174;--sun:#f0a020;--button:#1d1a16;--on:#fbf8f3}
@media (prefers-color-scheme:dark){:root{--bg:#12100e;--text:#f4efe8;--muted:#b3a99c;--line:#8b8174;--button:#f4efe8;--on:#12100e}}
body{margin:0;min-height:100dvh;display:grid;place-items:center;background:var(--bg);color:var(--text);font:1rem/1.6 system-ui,sans-serif;text-align:center}
main{max-width:28rem;padding:2rem 1.5rem}h1{font-size:1.5rem;line-height:1.3;margin:2rem 0 .75rem}p{color:var(--muted);margin:0 0 2rem}
a{display:inline-block;padding:.75rem 1.5rem;border-radius:999px;background:var(--button);color:var(--on);font-weight:600;text-decoration:none}a:focus-visible{outline:3px solid var(--sun);outline-offset:3px}
</style></head>
<body><main>
<svg viewBox="0 0 240 80" width="240" aria-hidden="true" fill="none" stroke-linecap="round" stroke-width="3"><path d="M72 72a48 48 0 0 1 96 0z" fill="var(--sun)"/><path d="M8 72h224" stroke="var(--line)"/></svg>
<h1>Back in a moment</h1>
<p>The server cannot reach its data just now. Nothing of yours is lost. This page looks again by itself every few seconds.</p>
<a href="">Try again</a>
</main></body></html>
`;
