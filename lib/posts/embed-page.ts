import { env } from "@/lib/platform/env";
import { escapeHtml } from "@/lib/platform/html";
import type { MediaView } from "@/lib/media/types";
import type { PostView } from "./types";

/** Where a frame on another site finds the post. */
export const embedAddress = (post: Pick<PostView, "url">) => `${post.url}/embed`;

/** Characters of the caption in a frame. */
const CAPTION = 200;

/** A post for a frame on another site: one page that needs no script, and no cookie to be seen. */
export function embedPage(post: PostView): string {
  const { user } = post;
  const profile = `${env().PUBLIC_URL}/${user.username}`;
  return page(`A post by ${user.full_name || user.username}`, `
<header><a href="${profile}" target="_blank" rel="noopener">${user.avatar_url ? `<img class="face" src="${escapeHtml(user.avatar_url)}" alt="" width="36" height="36">` : ""}<span><b><bdi>${escapeHtml(user.full_name || user.username)}</bdi></b><small>@${escapeHtml(user.username)}</small></span></a>
<a class="mark" href="${post.url}" target="_blank" rel="noopener">${SUN}Heliograph</a></header>
<div class="pictures" ${post.media.length > 1 ? `tabindex="0" role="group" aria-label="${post.media.length} pictures, side by side"` : ""}>${post.media.map((item, i) => picture(post, item, i)).join("")}</div>
<footer>${post.caption ? `<p dir="auto">${escapeHtml(shorten(post.caption))}</p>` : ""}<p class="numbers">${numbers(post)} · <time datetime="${post.created_at}">${DAY.format(new Date(post.created_at))}</time></p>
<a class="more" href="${post.url}" target="_blank" rel="noopener">View on Heliograph</a></footer>`);
}

/** What stands in the frame of a post that is not there, or not for everybody. */
export const embedMissing = (): string => page("Not here", `<div class="missing">${SUN}<p>This post is not here, or not for everybody.</p></div>`);

const DAY = new Intl.DateTimeFormat("en", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
const SUN = `<svg viewBox="0 0 24 24" width="18" height="18" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round"><path d="M6 18a6 6 0 0 1 12 0z" fill="currentColor"/><path d="M2 18h20M12 5v3M4.500 9l2 2M19.500 9l-2 2"/></svg>`;

function picture(post: PostView, item: MediaView, at: number): string {
  const word = item.type === "video" ? "Play the video on Heliograph" : `Picture ${at + 1}`;
  const loading = at === 0 ? "eager" : "lazy";
  return `<a href="${post.url}" target="_blank" rel="noopener"><img src="${escapeHtml(item.urls["640"])}" srcset="${escapeHtml(`${item.urls["640"]} 640w, ${item.urls["1080"]} 1080w`)}" sizes="100vw" alt="${escapeHtml(item.alt || word)}" loading="${loading}" decoding="async">${item.type === "video" ? `<span class="play" aria-hidden="true">▶</span>` : ""}${post.media.length > 1 ? `<span class="of" aria-hidden="true">${at + 1}/${post.media.length}</span>` : ""}</a>`;
}

function numbers({ like_count: likes, comment_count: comments }: PostView): string {
  const said = [...(likes === null ? [] : [`${likes} ${likes === 1 ? "like" : "likes"}`]), `${comments} ${comments === 1 ? "comment" : "comments"}`];
  return said.join(" · ");
}

const shorten = (text: string) => ([...text].length > CAPTION ? `${[...text].slice(0, CAPTION).join("").trimEnd()}…` : text);

const page = (title: string, body: string) => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><title>${escapeHtml(title)} · Heliograph</title>
<style>
:root{color-scheme:light dark;--bg:#fbf8f3;--text:#1d1a16;--muted:#655d53;--line:#e2dbd0;--accent:#a8441a;--sunken:#f1ebe1}
@media (prefers-color-scheme:dark){:root{--bg:#12100e;--text:#f4efe8;--muted:#b3a99c;--line:#3a342d;--accent:#ff9a62;--sunken:#1e1a16}}
*{box-sizing:border-box}html,body{height:100%}h1{position:absolute;width:1px;height:1px;margin:0;overflow:hidden;clip-path:inset(50%);white-space:nowrap}main{height:100%;display:flex;flex-direction:column}body{margin:0;background:var(--bg);color:var(--text);font:.9375rem/1.5 system-ui,sans-serif;border:1px solid var(--line);border-radius:16px;overflow:hidden}
a{color:inherit;text-decoration:none}a:focus-visible,.pictures:focus-visible{outline:3px solid var(--accent);outline-offset:-3px}
header{display:flex;align-items:center;justify-content:space-between;gap:.75rem;padding:.625rem .875rem}header>a{display:flex;align-items:center;gap:.625rem;min-width:0;min-height:2.75rem}header span{min-width:0;line-height:1.3}header b,header small{display:block;overflow:hidden;white-space:nowrap;text-overflow:ellipsis}small{color:var(--muted);font-size:.8125rem}
.face{border-radius:50%;object-fit:cover;background:var(--sunken)}.mark{flex-shrink:0;gap:.375rem!important;color:var(--accent);font-weight:600;font-size:.8125rem}
.pictures{flex:1;min-height:0;display:flex;overflow-x:auto;scroll-snap-type:x mandatory;background:var(--sunken)}.pictures>a{position:relative;flex:0 0 100%;scroll-snap-align:start}.pictures img{display:block;width:100%;height:100%;object-fit:cover}
.play{position:absolute;inset:0;margin:auto;width:4rem;height:4rem;display:grid;place-items:center;border-radius:50%;background:rgb(0 0 0/.6);color:#fff;font-size:1.5rem;padding-left:.25rem}
.of{position:absolute;top:.625rem;right:.625rem;padding:.125rem .625rem;border-radius:999px;background:rgb(14 11 8/.62);color:#fff;font-size:.8125rem;font-variant-numeric:tabular-nums}
footer{padding:.625rem .875rem .25rem}footer p{margin:0}footer p[dir]{display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:2;overflow:hidden;overflow-wrap:anywhere}.numbers{color:var(--muted);font-size:.8125rem;font-variant-numeric:tabular-nums}
.more{display:inline-flex;align-items:center;min-height:2.75rem;color:var(--accent);font-weight:600}.missing{flex:1;display:flex;flex-direction:column;align-items:center;justify-content:center;gap:.75rem;padding:2rem;text-align:center;color:var(--muted)}.missing p{margin:0}
</style></head><body><main><h1>${escapeHtml(title)}</h1>${body}</main></body></html>
`;
