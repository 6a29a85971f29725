import "server-only";
import type { Metadata } from "next";
import { env } from "@/lib/platform/env";
import { getVisiblePost } from "@/lib/posts/queries";
import type { PostView } from "@/lib/posts/types";

const MOST_WORDS = 180;

/** Title for the tab; picture and text for other sites only when everybody may see the post. */
export async function postMetadata(post: PostView): Promise<Metadata> {
  const author = post.user.full_name || post.user.username;
  const words = shorten(post.caption.replace(/\s+/g, " ").trim());
  const title = words ? `${author}: “${words}”` : `A ${post.media.length > 1 ? "set of photos" : "photo"} by ${author}`;
  const open = await getVisiblePost(null, post.id).catch(() => null);
  if (!open) return { title, robots: { index: false } };
  const [first] = open.media;
  const image = { alt: first?.alt || title, ...sizeOf(first), ...(await wideImage(first)) };
  image.url = new URL(image.url ?? open.image_url, env().PUBLIC_URL).href;
  const description = `${open.caption ? words : title} · @${post.user.username} on Heliograph`;
  return {
    title,
    description,
    alternates: { canonical: open.url },
    openGraph: { type: "article", siteName: "Heliograph", title, description, url: open.url, images: [image], publishedTime: open.created_at },
    twitter: { card: "summary_large_image", title, description, images: [image] },
  };
}

/** Of the file behind `image_url`, which is at most 1080 wide. */
function sizeOf(media: PostView["media"][number] | undefined) {
  if (!media?.width) return {};
  const width = Math.min(1080, media.width);
  return { width, height: Math.round((width * media.height) / media.width) };
}

function shorten(text: string): string {
  if (text.length <= MOST_WORDS) return text;
  return `${[...text].slice(0, MOST_WORDS).join("").replace(/\s\S*$/, "")}…`;
}
