import { escapeHtml } from "@/lib/platform/html";
import { readableTime } from "./words";

/** The same with its line breaks. */
export const lines = (text: string): string => escapeHtml(text).replaceAll("\n", "<br>");

/** A link for an address that somebody wrote: only to the web, and never run. */
export const outward = (url: string, text = url): string => (/^https?:\/\//i.test(url) ? `<a href="${escapeHtml(url)}" rel="nofollow noreferrer">${escapeHtml(text)}</a>` : escapeHtml(text));

export const time = (at: string): string => `<time datetime="${escapeHtml(at)}">${escapeHtml(readableTime(at))}</time>`;

export const PAGES = [["index.html", "Posts"], ["drafts.html", "Drafts"], ["comments.html", "Comments"], ["messages.html", "Messages"], ["saved.html", "Likes and saved"], ["shared.html", "Shared and tagged"], ["people.html", "People"], ["activity.html", "Activity"], ["account.html", "Account"]] as const;

/** The beginning of a page; `root` leads to the folder of index.html. No script runs, and nothing is loaded from anywhere. */
export function pageTop(title: string, username: string, { root = "", current = "" }: { root?: string; current?: string } = {}): string {
  const links = PAGES.map(([file, text]) => `<a href="${root}${file}"${file === current ? ' aria-current="page"' : ""}>${text}</a>`).join("\n");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta http-equiv="Content-Security-Policy" content="script-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'">
<title>${escapeHtml(title)} · @${escapeHtml(username)}</title>
<link rel="stylesheet" href="${root}style.css">
</head>
<body>
<header><p class="mark"><span aria-hidden="true">&#9679;</span> Heliograph</p>
<nav aria-label="Pages">
${links}
</nav></header>
<main>
<h1>${escapeHtml(title)}</h1>
`;
}

export const PAGE_END = "</main>\n</body>\n</html>\n";

/** The colours of the app (app/globals.css), written out: a page from a folder has nothing else to lean on. */
export const STYLE = `:root{color-scheme:light dark;--paper:#fbf8f3;--card:#fffdfa;--ink:#211b15;--muted:#675d52;--line:#e6dfd4;--accent:#b54708}
@media (prefers-color-scheme:dark){:root{--paper:#12100e;--card:#1b1815;--ink:#f4eee6;--muted:#b0a599;--line:#322d28;--accent:#f2a541}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Helvetica,Arial,sans-serif;overflow-wrap:anywhere}
header,main{max-width:60rem;margin:0 auto;padding:1rem 1.25rem}
.mark{margin:.5rem 0;font-weight:700}.mark span{color:var(--accent)}
nav{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;border-bottom:1px solid var(--line)}
nav a{display:block;padding:.65rem 0;color:var(--muted);text-decoration:none;font-weight:600}
nav a[aria-current]{color:var(--ink);box-shadow:inset 0 -2px var(--accent)}
a{color:var(--accent)}a:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:4px}
h1{font-size:1.8rem;line-height:1.2;margin:1rem 0}h2{font-size:1.25rem;margin:2.5rem 0 .75rem}
.small{color:var(--muted);font-size:.9rem}
.who{display:flex;gap:1.25rem;align-items:center}.who img{width:88px;height:88px;border-radius:50%;object-fit:cover}.who p{margin:.15rem 0}
.months{list-style:none;margin:0;padding:0;display:grid;gap:1rem;grid-template-columns:repeat(auto-fill,minmax(16rem,1fr))}
.months a{display:block;padding:1rem;background:var(--card);border:1px solid var(--line);border-radius:14px;text-decoration:none;color:inherit}
.months strong{display:block}.thumbs{display:grid;grid-template-columns:repeat(3,1fr);gap:4px;margin-top:.75rem}.thumbs img{width:100%;aspect-ratio:1;object-fit:cover;border-radius:6px;display:block}
article{background:var(--card);border:1px solid var(--line);border-radius:16px;padding:1.25rem;margin:0 0 1.5rem}
article img,article video,.list img,.list video{display:block;max-width:100%;height:auto;border-radius:10px;margin:0 0 .75rem;background:var(--line)}
article p{margin:.5rem 0}
.list{list-style:none;margin:0;padding:0}.list li{padding:.65rem 0;border-bottom:1px solid var(--line)}
dl{display:grid;grid-template-columns:minmax(8rem,auto) 1fr;gap:.4rem 1.25rem;margin:0}dt{color:var(--muted)}dd{margin:0}
`;
