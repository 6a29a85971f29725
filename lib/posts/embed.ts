import "server-only";
import QRCode from "qrcode";
import { env } from "@/lib/platform/env";
import { notFound } from "@/lib/platform/errors";
import { escapeHtml } from "@/lib/platform/html";
import { fromShortcode } from "@/lib/platform/ids";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { embedAddress } from "./embed-page";
import { getVisiblePost } from "./queries";
import type { PostView } from "./types";

/** Pixels. What a consumer of oEmbed asks for is kept within; less than `least` can't be read. */
const WIDTH = { usual: 440, least: 240, most: 640 };
/** Of the frame beside the picture: who posted it, caption, numbers. */
const REST_HEIGHT = 188;
const PICTURE_RATIOS = { tallest: 4 / 5, widest: 1.91 };

/** oEmbed 1.0 (oembed.com), of type rich. */
export type OEmbedView = {
  version: "1.0"; type: "rich"; provider_name: string; provider_url: string; title: string; author_name: string; author_url: string;
  html: string; width: number; height: number; thumbnail_url: string; thumbnail_width: number; thumbnail_height: number; cache_age: number;
};

/** What the share sheet offers. `embed_html` is null where a post may not appear on other sites. */
export type SharingView = { url: string; qr_svg: string; embed_html: string | null };

/** A post that may appear on other sites, as a visitor sees it. Throws not_found for every other, the same way. */
export async function getEmbeddable(shortcode: string): Promise<PostView> {
  const id = fromShortcode(shortcode);
  const post = id === null ? null : await getVisiblePost(null, id);
  if (!post?.can_embed) throw notFound();
  return post;
}

/** The description by which other sites embed a post. `url` is the address of its page. Throws not_found. */
export async function getOEmbed(url: string, most: { width?: number; height?: number } = {}): Promise<OEmbedView> {
  const post = await getEmbeddable(shortcodeOf(url));
  const { width, height } = sizeOf(post, most);
  const { PUBLIC_URL } = env();
  return {
    version: "1.0", type: "rich", provider_name: "Heliograph", provider_url: PUBLIC_URL, title: titleOf(post),
    author_name: post.user.full_name || post.user.username, author_url: `${PUBLIC_URL}/${post.user.username}`,
    html: frameOf(post, width, height), width, height,
    thumbnail_url: new URL(post.thumbnail_url, PUBLIC_URL).href, thumbnail_width: 150, thumbnail_height: 150, cache_age: 3_600,
  };
}

function shortcodeOf(text: string): string {
  const url = URL.parse(text);
  const [, shortcode] = (url?.origin === new URL(env().PUBLIC_URL).origin && /^\/p\/([\w-]+)(?:\/embed)?\/?$/.exec(url.pathname)) || [];
  if (shortcode === undefined) throw notFound();
  return shortcode;
}

function sizeOf({ media: [first] }: PostView, most: { width?: number; height?: number }): { width: number; height: number } {
  const width = Math.max(WIDTH.least, Math.min(WIDTH.most, most.width ?? WIDTH.usual));
  const ratio = Math.min(PICTURE_RATIOS.widest, Math.max(PICTURE_RATIOS.tallest, first?.width && first.height ? first.width / first.height : 1));
  return { width, height: Math.min(most.height ?? Number.POSITIVE_INFINITY, Math.round(width / ratio) + REST_HEIGHT) };
}

const titleOf = (post: PostView) => `A post by ${post.user.full_name || post.user.username} on Heliograph`;

const frameOf = (post: PostView, width: number, height: number) =>
  `<iframe src="${embedAddress(post)}" title="${escapeHtml(titleOf(post))}" width="${width}" height="${height}" loading="lazy" style="max-width:100%;border:0;border-radius:16px"></iframe>`;

/** Link, QR code (SVG) and embed code of a post. Throws not_found. */
export async function getSharing(viewer: Pick<Viewer, "id"> | null, postId: string): Promise<SharingView> {
  const post = await getVisiblePost(viewer, postId);
  const { width, height } = sizeOf(post, {});
  return {
    url: post.url,
    qr_svg: (await QRCode.toString(post.url, { type: "svg", margin: 3, errorCorrectionLevel: "M" })).trim(),
    embed_html: post.can_embed ? frameOf(post, width, height) : null,
  };
}
