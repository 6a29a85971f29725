import { z } from "zod";

/**
 * What a packed copy says, file by file: `data/<kind>.json`, each `{format, version, kind, items}`. Names and meanings stay as they are within a version, so
 * that another server, or this one, can read it again; new fields may come.
 */
export const FORMAT = "heliograph-export";
export const VERSION = 1;

const id = z.string().regex(/^\d{1,19}$/);
const time = z.iso.datetime({ precision: 3 });
const text = z.string();
const count = z.number().int();
/** A path inside the ZIP. */
const path = text.regex(/^[\w./-]+$/);
/** Somebody else's post: where it is and whose, and nothing of what it shows. Null when it is gone, or not for this person any more. */
const post = z.strictObject({ url: text, author: text }).nullable();
const anybody = z.strictObject({ username: text, at: time });
const on = { post, at: time };

/** `is_earlier`: a photo that another one took the place of, or is about to. */
const media = z.strictObject({
  id, type: z.enum(["image", "video", "audio"]), is_earlier: z.boolean(), alt: text, width: count.nullable(), height: count.nullable(), duration: z.number().nullable(), content_type: text, taken_at: time.nullable(),
  sha256: text.nullable(), edit: z.unknown(), original: path.nullable(), picture: path.nullable(), video: path.nullable(),
  captions: z.array(z.strictObject({ language: text, label: text, file: path })), people: z.array(z.strictObject({ username: text, x: z.number(), y: z.number(), state: text })),
});

export const KINDS = {
  profile: z.strictObject({
    id, username: text, full_name: text, email: text, bio: text, website: text, pronouns: text, links: z.array(z.strictObject({ title: text, url: text })), is_private: z.boolean(), is_verified: z.boolean(), account_type: text, role: text,
    follower_count: count, following_count: count, post_count: count, email_verified_at: time.nullable(), two_factor_at: time.nullable(), last_active_at: time, created_at: time, avatar: path.nullable(),
    settings: z.strictObject({ privacy: z.record(z.string(), z.unknown()).nullable(), feed: z.record(z.string(), z.unknown()).nullable(), notifications: z.array(z.record(z.string(), z.unknown())), quiet_hours: z.record(z.string(), z.unknown()).nullable(), digest: z.record(z.string(), z.unknown()).nullable() }),
  }),
  posts: z.strictObject({
    id, url: text, status: text, audience: text, content_type: text, caption: text, hashtags: z.array(text), place: z.strictObject({ name: text, latitude: z.number().nullable(), longitude: z.number().nullable() }).nullable(),
    circles: z.array(text), collaborators: z.array(text), like_count: count, comment_count: count, save_count: count, share_count: count, repost_count: count, view_count: count, reposts_enabled: z.boolean(), comments_enabled: z.boolean(), like_count_hidden: z.boolean(), is_sensitive: z.boolean(),
    is_archived: z.boolean(), is_deleted: z.boolean(), is_pinned: z.boolean(), scheduled_for: time.nullable(), published_at: time.nullable(), edited_at: time.nullable(), created_at: time,
    earlier_captions: z.array(z.strictObject({ caption: text, until: time })), media: z.array(media),
  }),
  comments: z.strictObject({ id, content: text, is_reply: z.boolean(), is_deleted: z.boolean(), edited_at: time.nullable(), ...on }),
  likes: z.strictObject(on),
  comment_likes: z.strictObject({ comment_id: id, ...on }),
  reactions: z.strictObject({ emoji: text, ...on }),
  saved: z.strictObject(on),
  /** Also those of others that this person has joined; of the posts those that they put in. */
  collections: z.strictObject({ name: text, owner: text, at: time, posts: z.array(post) }),
  reposts: z.strictObject({ note: text, ...on }),
  shares: z.strictObject(on),
  tagged: z.strictObject({ x: z.number(), y: z.number(), state: text, is_on_profile: z.boolean(), ...on }),
  collaborations: z.strictObject({ state: text, ...on }),
  followers: anybody.extend({ state: text }),
  following: anybody.extend({ state: text }),
  blocked: anybody,
  muted: anybody.extend({ posts: z.boolean(), stories: z.boolean() }),
  restricted: anybody,
  favourites: anybody,
  circles: z.strictObject({ name: text, is_close_friends: z.boolean(), at: time, members: z.array(text) }),
  hidden_words: z.strictObject({ phrase: text, in_comments: z.boolean(), in_messages: z.boolean(), in_posts: z.boolean(), until: time.nullable(), at: time }),
  drafts: z.strictObject({ content: z.unknown(), updated_at: time, at: time }),
  /** Files that are in no post: of drafts, and what was brought a moment ago. */
  uploads: media.omit({ is_earlier: true, people: true }).extend({ at: time }),
  /** What this person wrote, and to whom: the group by its name, else the people in it. */
  messages: z.strictObject({ id, conversation: text, people: z.array(text), text: text.nullable(), files: z.array(id), reactions: z.array(text), at: time, edited_at: time.nullable() }),
  /** Where this person is, or was. */
  conversations: z.strictObject({ name: text.nullable(), people: z.array(text), role: text, is_muted: z.boolean(), is_pinned: z.boolean(), has_left: z.boolean(), at: time }),
  message_reactions: z.strictObject({ emoji: text, at: time }),
  notifications: z.strictObject({ kind: text, people: z.array(text), detail: z.unknown(), ...on }),
  /** Posts of which this person does not want to be told. */
  notifications_off: z.strictObject(on),
  /** Numbers that this person or a post of theirs has reached. */
  milestones: z.strictObject({ of: text, count, ...on }),
  /** `username`: whose posts, while this person may know of them; `post`: the one that it was said of, if it was one. */
  feed_wishes: z.strictObject({ kind: text, username: text.nullable(), until: time.nullable(), ...on }),
  seen: z.strictObject({ url: text, at: time }),
  reports: z.strictObject({ about: text, reason: text, note: text, at: time }),
  sessions: z.strictObject({ kind: text, device: text, last_seen_at: time, ended_at: time.nullable(), at: time }),
  /** Where they take notifications outside the page. */
  push_devices: z.strictObject({ device: text, last_ok_at: time.nullable(), at: time }),
  passkeys: z.strictObject({ name: text, last_used_at: time.nullable(), at: time }),
  earlier_usernames: anybody,
  mails: z.strictObject({ kind: text, recipient: text, subject: text, sent_at: time.nullable(), at: time }),
} as const;

export type Kind = keyof typeof KINDS;
export type ItemOf<K extends Kind> = z.infer<(typeof KINDS)[K]>;

/** The frame of every file. */
export const fileOf = (kind: Kind) => z.strictObject({ format: z.literal(FORMAT), version: z.literal(VERSION), kind: z.literal(kind), items: z.array(KINDS[kind]) });
