import { env } from "@/lib/platform/env";
import { escapeHtml } from "@/lib/platform/html";

type Link = { text: string; path: string };

/** What a mail says: sentences, a list of things to look at, one link to press, what else there is to know, and a small link at the end. */
export type Letter = { subject: string; lines: readonly string[]; list?: readonly Link[]; link?: Link; after?: readonly string[]; foot?: Link };

/** The same letter as plain text and as HTML. Nothing is loaded from anywhere, so that opening it tells nobody. */
export function writeLetter({ subject, lines, list = [], link, after = [], foot }: Letter): { body: string; html: string } {
  const url = link && env().PUBLIC_URL + link.path;
  const host = new URL(env().PUBLIC_URL).host;
  const body = [...lines, ...list.map(({ text, path }) => `* ${text}\n  ${env().PUBLIC_URL}${path}`), ...(link ? [`${link.text}:\n${url}`] : []), ...after, ...(foot ? [`${foot.text}:\n${env().PUBLIC_URL}${foot.path}`] : []), `-- \nHeliograph at ${host}`].join("\n\n");
  const paragraph = (text: string, look: string) => `<p class="${look}">${escapeHtml(text)}</p>`;
  const anchor = ({ text, path }: Link) => `<a href="${escapeHtml(env().PUBLIC_URL + path)}">${escapeHtml(text)}</a>`;
  const html = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>${escapeHtml(subject)}</title>
<style>${STYLE}</style></head>
<body><div class="page"><p class="mark"><span class="sun">&#9679;</span> Heliograph</p><div class="card"><h1>${escapeHtml(subject)}</h1>
${lines.map((text) => paragraph(text, "line")).join("\n")}
${list.length > 0 ? `<ul>${list.map((item) => `<li>${anchor(item)}</li>`).join("\n")}</ul>` : ""}
${link ? `<p class="line"><a class="button" href="${escapeHtml(url!)}">${escapeHtml(link.text)}</a></p>\n<p class="small">If the button does not work, copy this address:<br><a href="${escapeHtml(url!)}">${escapeHtml(url!)}</a></p>` : ""}
${after.map((text) => paragraph(text, "small")).join("\n")}
</div><p class="foot">Sent by Heliograph at ${escapeHtml(host)}${foot ? ` &#183; ${anchor(foot)}` : ""}</p></div></body></html>`;
  return { body, html };
}

// The colours of app/globals.css; mail programs know neither variables nor light-dark().
const STYLE = `body{margin:0;background:#fbf8f3;color:#211b15;font:16px/1.5 system-ui,-apple-system,"Segoe UI",Helvetica,Arial,sans-serif}
.page{max-width:520px;margin:0 auto;padding:32px 20px}.mark{margin:0 0 16px;font-weight:700;font-size:18px}.sun{color:#d2560d}
.card{background:#fffdfa;border:1px solid #e6dfd4;border-radius:16px;padding:28px 24px}h1{margin:0 0 16px;font-size:22px;line-height:1.3}
.line{margin:0 0 16px}ul{margin:0 0 20px;padding:0 0 0 20px}li{margin:0 0 10px;overflow-wrap:anywhere}.small{margin:16px 0 0;font-size:14px;color:#675d52;overflow-wrap:anywhere}.foot{margin:20px 0 0;font-size:13px;color:#675d52}
a{color:#b54708}a.button{display:inline-block;padding:12px 22px;border-radius:12px;background:#b54708;color:#fff;font-weight:600;text-decoration:none}
@media (prefers-color-scheme:dark){body{background:#12100e;color:#f4eee6}.card{background:#1b1815;border-color:#322d28}.small,.foot{color:#b0a599}a{color:#f2a541}a.button{background:#f2a541;color:#221402}}`;
