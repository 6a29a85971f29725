// <AppLink href="/ada">ada</AppLink>   A link to another page of ours that needs no script of its own: <LinkClicks>, once in the root layout, makes a click
// on any of them a move without a reload. For lists: a page of the feed has fifty links, and each <Link> of Next is a client component.
import type { ComponentProps } from "react";

type Props = ComponentProps<"a"> & { href: string; /** The page stays where it is scrolled, as beneath an overlay. */ keepsPlace?: boolean };

export function AppLink({ keepsPlace = false, children, ...rest }: Props) {
  return <a {...rest} data-app={keepsPlace ? "keeps-place" : ""}>{children}</a>;
}
