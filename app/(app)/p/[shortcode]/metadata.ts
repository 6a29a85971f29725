import "server-only";
import type { Metadata } from "next";
import { shareImage } from "@/lib/media/share-image";
import { env } from "@/lib/platform/env";
import { getVisiblePost } from "@/lib/posts/queries";
import type { PostView } from "@/lib/posts/types";
import { isIndexed } from "@/lib/privacy/queries";
import { UNLISTED } from "../../unlisted";

/** Characters of the caption in a title and in a description. */
const TITLE = 64;
const DESCRIPTION = 180;

/** Title for the tab; picture and text for other sites only when everybody may see the post. */
export async function postMetadata(post: PostView): Promise<Metadata> {
  const author = post.user.full_name || post.user.username;
  const words = post.cover === "word" ? "" : post.caption.replace(/\s+/g, " ").trim();
  const title = words ? `${author}: “${shorten(words, TITLE)}”` : `A ${post.media.length > 1 ? "set of photos" : "photo"} by ${author}`;
  const open = await getVisiblePost(null, post.id).catch(() => null);
  if (!open) return { title, robots: { index: false } };
  if (!(await isIndexed(post.user_id))) return { title, robots: UNLISTED };
  // What its author covers is not shown on other sites either.
  const images = open.is_sensitive ? [] : [await imageOf(open, title)];
  const description = `${words ? shorten(words, DESCRIPTION) : title} · @${post.user.username} on Heliograph`;
  return {
    title,
    description,
    alternates: { canonical: open.url, ...(open.can_embed ? { types: { "application/json+oembed": `${env().PUBLIC_URL}/api/oembed?url=${encodeURIComponent(open.url)}` } } : {}) },
    openGraph: { type: "article", siteName: "Heliograph", title, description, url: open.url, images, publishedTime: open.created_at },
    twitter: { card: open.is_sensitive ? "summary" : "summary_large_image", title, description, images },
  };
}

async function imageOf(post: PostView, title: string) {
  const picture = await pictureOf(post);
  return { ...picture, url: new URL(picture.url, env().PUBLIC_URL).href, alt: post.media[0]?.alt || title };
}

/** 1200 wide, as previews want it; the file behind `image_url` (at most 1080) where the photo has no more. */
async function pictureOf({ media: [first], image_url: url }: PostView): Promise<{ url: string; width?: number; height?: number }> {
  if (!first?.width) return { url };
  const wide = first.width > 1080 ? await shareImage(first.id) : null;
  return wide ?? { url, width: Math.min(1080, first.width), height: Math.round((Math.min(1080, first.width) * first.height) / first.width) };
}

function shorten(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${[...text].slice(0, most).join("").replace(/\s\S*$/, "")}…`;
}
