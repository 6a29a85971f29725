import "server-only";
import type { Metadata } from "next";
import { env } from "@/lib/platform/env";
import { isIndexed } from "@/lib/privacy/queries";
import type { UserView } from "@/lib/profiles/types";
import { UNLISTED } from "../unlisted";

/** Of private accounts, and of those whose owners want it so, other sites and search engines get nothing but the name in the title. */
export async function profileMetadata(user: UserView): Promise<Metadata> {
  const title = user.full_name ? `${user.full_name} (@${user.username})` : `@${user.username}`;
  if (user.is_private) return { title, robots: { index: false } };
  if (!(await isIndexed(user.id))) return { title, robots: UNLISTED };
  const description = user.bio || `Photos by ${user.full_name || user.username} on Heliograph.`;
  const url = `${env().PUBLIC_URL}/${user.username}`;
  const images = user.avatar_url ? [{ url: new URL(user.avatar_url, env().PUBLIC_URL).href, alt: title }] : [];
  return {
    title,
    description,
    alternates: { canonical: url },
    openGraph: { type: "profile", siteName: "Heliograph", title, description, url, images, username: user.username },
    twitter: { card: "summary", title, description, images },
  };
}
