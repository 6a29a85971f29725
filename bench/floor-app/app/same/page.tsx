import { readFileSync } from "node:fs";
import { headers } from "next/headers";
import { createElement, type ReactNode } from "react";

type Markup = string | { tag: string; props: Record<string, unknown>; children: Markup[] };

let kept: Markup[] | undefined;

/** A dynamic page with the markup of another (bench/markup.ts), element for element, and nothing behind it. */
export default async function Same() {
  const agent = (await headers()).get("user-agent");
  kept ??= JSON.parse(readFileSync(process.env.FLOOR_MARKUP!, "utf8")) as Markup[];
  return <><p>{agent}</p>{kept.map(toElement)}</>;
}

const toElement = (one: Markup): ReactNode => (typeof one === "string" ? one : createElement(one.tag, one.props, ...one.children.map(toElement)));
