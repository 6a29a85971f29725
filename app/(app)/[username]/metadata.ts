import "server-only";
import type { Metadata } from "next";
import { env } from "@/lib/platform/env";
import type { UserView } from "@/lib/profiles/types";

/** Of private accounts other sites and search engines get nothing but the name in the title. */
export function profileMetadata(user: UserView): Metadata {
  const title = user.full_name ? `${user.full_name} (@${user.username})` : `@${user.username}`;
  if (user.is_private) return { title, robots: { index: false } };
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
