import { escapeHtml } from "@/lib/platform/html";
import { lines, time } from "./html";
import type { MediaItem, PackedPost } from "./posts";
import { many } from "./words";

type Post = PackedPost["post"];

const AUDIENCES: Record<string, string> = { everyone: "Everyone", followers: "Followers", circles: "Circles" };

/** A post on the page of its month. */
export function postHtml(post: Post): string {
  const facts = [
    time(post.published_at ?? post.created_at),
    escapeHtml(post.circles.length > 0 ? post.circles.join(", ") : (AUDIENCES[post.audience] ?? post.audience)),
    ...(post.status === "published" ? [] : [escapeHtml(post.status)]),
    ...(post.is_archived ? ["archived"] : []),
    ...(post.is_deleted ? ["deleted"] : []),
    many(post.like_count, "like"), many(post.comment_count, "comment"), many(post.repost_count, "repost"), many(post.share_count, "share"),
    ...(post.place ? [escapeHtml(post.place.name)] : []),
    ...(post.collaborators.length > 0 ? [`with ${escapeHtml(post.collaborators.map((name) => `@${name}`).join(", "))}`] : []),
  ];
  return `<article id="p${escapeHtml(post.id)}">
${post.media.filter((item) => !item.is_earlier).map((item) => mediaHtml(item)).join("\n")}
${post.caption ? `<p>${lines(post.caption)}</p>` : ""}
${earlierHtml(post)}<p class="small">${facts.join(" · ")} · <a href="${escapeHtml(post.url)}" rel="noreferrer">On the server</a></p>
</article>
`;
}

/** What is not in the post any more, or not yet, folded away. */
function earlierHtml({ media }: Post): string {
  const earlier = media.filter((item) => item.is_earlier);
  return earlier.length === 0 ? "" : `<details><summary>Not in the post now</summary>${earlier.map((item) => mediaHtml(item)).join("\n")}</details>\n`;
}

/** A picture or a video with the way to its file; `root` leads from the page to the folder of index.html. */
export function mediaHtml({ type, alt, width, height, original, picture, video, people = [] }: Omit<MediaItem, "is_earlier" | "people"> & { people?: MediaItem["people"] }, root = "../"): string {
  const size = width && height ? ` width="${width}" height="${height}"` : "";
  const shown = type === "video" ? videoHtml({ alt, size, file: video ?? original, picture, root }) : photoHtml({ alt, size, picture, original, root });
  const tagged = people.length > 0 ? `<p class="small">With ${escapeHtml(people.map(({ username }) => `@${username}`).join(", "))}</p>` : "";
  return `${shown}${original ? `<p class="small"><a href="${root}${original}">The file as it was brought</a></p>` : ""}${tagged}`;
}

const photoHtml = ({ alt, size, picture, original, root }: { alt: string; size: string; picture: string | null; original: string | null; root: string }) =>
  picture ? `<a href="${root}${original ?? picture}"><img src="${root}${picture}" alt="${escapeHtml(alt)}"${size} loading="lazy"></a>` : `<p class="small">${escapeHtml(alt) || "A photo"} (not ready)</p>`;

const videoHtml = ({ alt, size, file, picture, root }: { alt: string; size: string; file: string | null; picture: string | null; root: string }) =>
  file ? `<video controls preload="none" src="${root}${file}"${picture ? ` poster="${root}${picture}"` : ""}${size} aria-label="${escapeHtml(alt || "Video")}"></video>` : `<p class="small">${escapeHtml(alt) || "A video"} (not ready)</p>`;
