import { writeFileSync } from "node:fs";

/** An element as the floor's page makes it anew for each request, or a text. */
export type Markup = string | { tag: string; props: Record<string, unknown>; children: Markup[] };

const VOID = new Set(["img", "source", "input", "br", "hr", "link", "meta", "wbr", "track"]);
const ENTITIES: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: "\"", "#x27": "'", "#39": "'", nbsp: "\u00a0" };
const decode = (text: string) => text.replace(/&(#?\w+);/g, (all, name: string) => ENTITIES[name] ?? all);

/** Writes what is in the body of a page that React made, without its scripts, where the floor's page finds it. */
export function keepMarkup(html: string, file: string): void {
  const body = html.slice(html.indexOf(">", html.indexOf("<body")) + 1, html.lastIndexOf("</body>"));
  writeFileSync(file, JSON.stringify(parse(body.replace(/<script\b[\s\S]*?<\/script>|<template\b[\s\S]*?<\/template>|<!--[\s\S]*?-->/g, ""))));
}

function parse(html: string): Markup[] {
  const root: Markup[] = [];
  const open: { tag: string; children: Markup[] }[] = [{ tag: "", children: root }];
  for (const [, slash, closed, opened, attributes, text] of html.matchAll(/<(?:(\/)([\w-]+)|([\w-]+)((?:\s[^\s=>]+(?:="[^"]*")?)*)\s*\/?)>|([^<]+)/g)) {
    const tag = closed ?? opened;
    if (text !== undefined) open.at(-1)!.children.push(decode(text));
    else if (slash) open.pop();
    else {
      const children: Markup[] = [];
      open.at(-1)!.children.push({ tag: tag!, props: propsOf(attributes ?? ""), children });
      if (!VOID.has(tag!)) open.push({ tag: tag!, children });
    }
  }
  return root;
}

function propsOf(attributes: string): Record<string, unknown> {
  const props: Record<string, unknown> = {};
  for (const [, name, value = ""] of attributes.matchAll(/\s([^\s=]+)(?:="([^"]*)")?/g)) {
    if (name === "style") props.style = styleOf(decode(value));
    else if (name !== "action" && name !== "ref") props[name === "class" ? "className" : name!] = decode(value);
  }
  return props;
}

/** A data address has semicolons of its own. */
function styleOf(text: string): Record<string, string> {
  return Object.fromEntries([...text.matchAll(/([\w-]+):((?:url\([^)]*\)|[^;(]|\([^)]*\))*)/g)].map(([, name, value]) => [name!.startsWith("--") ? name! : name!.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase()), value!.trim()]));
}
