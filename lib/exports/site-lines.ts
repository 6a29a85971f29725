import type { ItemOf, Kind } from "./format";
import { escapeHtml } from "@/lib/platform/html";
import { lines, time } from "./html";
import { mediaHtml } from "./site-posts";
import { many } from "./words";

/** Profile and posts have pages of their own form. */
export type ShownKind = Exclude<Kind, "profile" | "posts">;
type Shown<K extends ShownKind> = { page: string; title: string; line: (item: ItemOf<K>) => string };
type OtherPost = { url: string; author: string } | null;

const small = (at: string, ...more: string[]) => `<span class="small">${[time(at), ...more].join(" · ")}</span>`;
const names = (people: readonly string[]) => escapeHtml(people.map((name) => `@${name}`).join(", "));
/** A code of ours as words. */
const words = (code: string) => escapeHtml(code.replaceAll("_", " "));
const until = (at: string | null) => (at === null ? [] : [`until ${time(at)}`]);

const postLink = (post: OtherPost): string =>
  post ? `<a href="${escapeHtml(post.url)}" rel="noreferrer">A post by @${escapeHtml(post.author)}</a>` : '<span class="small">A post that is not there for you any more</span>';

const onPost = ({ post, at }: { post: OtherPost; at: string }) => `${postLink(post)} ${small(at)}`;
const person = ({ username, at }: { username: string; at: string }) => `@${escapeHtml(username)} ${small(at)}`;
const tie = ({ username, state, at }: { username: string; state: string; at: string }) => `@${escapeHtml(username)} ${small(at, ...(state === "active" ? [] : [words(state)]))}`;

/** What a draft holds is the composer's to know; people look for the words. */
function draftLine({ content, updated_at }: ItemOf<"drafts">): string {
  const { caption, media } = content as { caption?: unknown; media?: unknown };
  return `${typeof caption === "string" && caption !== "" ? `${lines(caption)} ` : ""}${small(updated_at, ...(Array.isArray(media) ? [many(media.length, "file")] : []))}`;
}

const shownIn = (item: ItemOf<"hidden_words">) => [...(item.in_comments ? ["in comments"] : []), ...(item.in_posts ? ["in posts"] : []), ...(item.in_messages ? ["in messages"] : [])];

const wishLine = ({ kind, username, post, until: end, at }: ItemOf<"feed_wishes">) =>
  `${words(kind)}${username === null ? "" : ` · @${escapeHtml(username)}`}${kind === "snooze" ? "" : ` · ${postLink(post)}`} ${small(at, ...until(end))}`;

/** On which page each kind stands, under which heading, and how. */
export const SHOWN: { [K in ShownKind]: Shown<K> } = {
  drafts: { page: "drafts.html", title: "Drafts", line: draftLine },
  uploads: { page: "drafts.html", title: "Files that are in no post", line: (item) => `${mediaHtml(item, "")} ${small(item.at)}` },
  comments: { page: "comments.html", title: "What you wrote", line: ({ content, post, at, is_deleted }) => `${lines(content)}<br>${postLink(post)} ${small(at, ...(is_deleted ? ["deleted"] : []))}` },
  comment_likes: { page: "comments.html", title: "Comments you like", line: ({ post, at }) => `A comment under: ${onPost({ post, at })}` },
  messages: { page: "messages.html", title: "What you wrote to others", line: ({ text, people, files, at }) => `${text === null ? "" : `${lines(text)}<br>`}<span class="small">to</span> ${names(people)} ${small(at, ...(files.length > 0 ? [many(files.length, "file")] : []))}` },
  conversations: { page: "messages.html", title: "Your conversations", line: ({ name, people, at, has_left }) => `${name === null ? "" : `<strong>${escapeHtml(name)}</strong> `}${names(people)} ${small(at, ...(has_left ? ["left"] : []))}` },
  message_reactions: { page: "messages.html", title: "Reactions to messages", line: ({ emoji, at }) => `${escapeHtml(emoji)} ${small(at)}` },
  likes: { page: "saved.html", title: "Posts you like", line: onPost },
  reactions: { page: "saved.html", title: "Reactions", line: ({ emoji, post, at }) => `${escapeHtml(emoji)} ${onPost({ post, at })}` },
  saved: { page: "saved.html", title: "Saved posts", line: onPost },
  collections: { page: "saved.html", title: "Collections", line: ({ name, owner, posts, at }) => `<strong>${escapeHtml(name)}</strong> <span class="small">of @${escapeHtml(owner)}</span> ${posts.map(postLink).join(", ")} ${small(at)}` },
  reposts: { page: "shared.html", title: "Reposts", line: ({ note, post, at }) => `${note === "" ? "" : `${lines(note)}<br>`}${onPost({ post, at })}` },
  shares: { page: "shared.html", title: "Posts you passed on", line: onPost },
  tagged: { page: "shared.html", title: "Photos of you", line: ({ post, at, state, is_on_profile }) => `${postLink(post)} ${small(at, words(state), ...(is_on_profile ? [] : ["not on your profile"]))}` },
  collaborations: { page: "shared.html", title: "Made together", line: ({ post, at, state }) => `${postLink(post)} ${small(at, words(state))}` },
  followers: { page: "people.html", title: "Followers", line: tie },
  following: { page: "people.html", title: "Following", line: tie },
  blocked: { page: "people.html", title: "Blocked", line: person },
  muted: { page: "people.html", title: "Muted", line: person },
  restricted: { page: "people.html", title: "Restricted", line: person },
  favourites: { page: "people.html", title: "Favourites", line: person },
  circles: { page: "people.html", title: "Circles", line: ({ name, members, at }) => `<strong>${escapeHtml(name)}</strong> ${names(members)} ${small(at)}` },
  notifications: { page: "activity.html", title: "Notifications", line: ({ kind, people, post, at }) => `${words(kind)}${people.length > 0 ? ` · ${names(people)}` : ""}${post ? ` · ${postLink(post)}` : ""} ${small(at)}` },
  notifications_off: { page: "activity.html", title: "Posts you are not told of", line: onPost },
  milestones: { page: "activity.html", title: "Milestones", line: ({ of, count, post, at }) => `${many(count, of === "likes" ? "like" : "follower")}${of === "likes" ? ` · ${postLink(post)}` : ""} ${small(at)}` },
  seen: { page: "activity.html", title: "Posts you have seen", line: ({ url, at }) => `<a href="${escapeHtml(url)}" rel="noreferrer">${escapeHtml(url)}</a> ${small(at)}` },
  hidden_words: { page: "account.html", title: "Words you do not want to read", line: (item) => `${escapeHtml(item.phrase)} ${small(item.at, ...shownIn(item), ...until(item.until))}` },
  feed_wishes: { page: "account.html", title: "What you told your feed", line: wishLine },
  reports: { page: "account.html", title: "What you reported", line: ({ about, reason, note, at }) => `${words(about)}: ${words(reason)}${note === "" ? "" : `<br>${lines(note)}`} ${small(at)}` },
  sessions: { page: "account.html", title: "Where you signed in", line: ({ device, at, ended_at }) => `${escapeHtml(device)} ${small(at, ...(ended_at ? [`ended ${time(ended_at)}`] : []))}` },
  push_devices: { page: "account.html", title: "Devices that take notifications", line: ({ device, at }) => `${escapeHtml(device)} ${small(at)}` },
  passkeys: { page: "account.html", title: "Passkeys", line: ({ name, at }) => `${escapeHtml(name)} ${small(at)}` },
  earlier_usernames: { page: "account.html", title: "Earlier usernames", line: person },
  mails: { page: "account.html", title: "Letters to you", line: ({ subject, recipient, at }) => `${escapeHtml(subject)} ${small(at, escapeHtml(recipient))}` },
};
