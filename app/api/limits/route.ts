import * as accounts from "@/lib/accounts/limits";
import { EDIT_MINUTES, MAX_COMMENT_LENGTH, MAX_PINNED, RESTORE_MINUTES } from "@/lib/comments/schemas";
import { MAX_CIRCLE_MEMBERS, MAX_CIRCLE_NAME, MAX_CIRCLES, MAX_FAVOURITES } from "@/lib/graph/limits";
import { MAX_COLLECTION_POSTS, MAX_COLLECTIONS, MAX_MEMBERS } from "@/lib/interactions/collections";
import { MAX_KINDS, MAX_OWN_KINDS } from "@/lib/interactions/emoji";
import { MAX_COLLECTION_NAME, MAX_NOTE } from "@/lib/interactions/schemas";
import * as media from "@/lib/media/limits";
import { decodableVideos } from "@/lib/media/video/programs";
import * as messages from "@/lib/messages/schemas";
import { MAX_REPORT_NOTE } from "@/lib/moderation/schemas";
import { env } from "@/lib/platform/env";
import { rest } from "@/lib/platform/http/rest";
import { RESUME_MS } from "@/lib/platform/realtime/history";
import { MAX_PER_PERSON } from "@/lib/platform/realtime/streams";
import { publishedRates } from "@/lib/platform/ratelimit/ratelimit";
import { MAX_DRAFTS } from "@/lib/posts/drafts";
import { MAX_PINNED as MAX_PINNED_POSTS } from "@/lib/posts/pins";
import { MAX_DAYS_AHEAD, MAX_SCHEDULED } from "@/lib/posts/scheduled";
import { MAX_COLLABORATORS, MAX_PEOPLE, MAX_PLACE_NAME } from "@/lib/posts/schemas";
import { MAX_HASHTAGS, MAX_MENTIONS } from "@/lib/posts/text";
import { MAX_PHRASE, MAX_WORDS } from "@/lib/privacy/schemas";
import { MAX_TOPICS } from "@/lib/realtime/schemas";

/** Every limit the server enforces, so that a client can check first. */
export const GET = rest({ auth: "optional" }, async () => {
  const { lossy, lossless, seeThrough } = media.MAX_JXL_PIXELS;
  const jxl = { max_pixels: lossy, max_pixels_lossless: lossless, max_pixels_transparent: seeThrough };
  const codecs = await decodableVideos();
  return {
    photo: { types: media.PHOTO_TYPES, max_bytes: media.MAX_PHOTO_BYTES, max_pixels: media.MAX_PHOTO_PIXELS, max_side: media.MAX_PHOTO_SIDE, jxl },
    video: {
      types: media.VIDEO_TYPES, max_bytes: media.MAX_VIDEO_BYTES, min_seconds: media.MIN_VIDEO_SECONDS, max_seconds: media.MAX_VIDEO_SECONDS, max_pixels: media.MAX_VIDEO_PIXELS, max_side: media.MAX_VIDEO_SIDE,
      available: codecs !== null, codecs: codecs ?? [], captions: { max_bytes: media.MAX_CAPTIONS_BYTES, max_languages: media.MAX_CAPTIONS_LANGUAGES },
    },
    avatar: { types: media.PHOTO_TYPES, max_bytes: media.MAX_AVATAR_BYTES, max_pixels: media.MAX_PHOTO_PIXELS, jxl },
    upload: { expires_in: media.UPLOAD_EXPIRES_IN, part_bytes: media.PART_BYTES, max_waiting: media.MAX_UNATTACHED, max_waiting_bytes: media.MAX_UNATTACHED_BYTES },
    post: {
      min_items: media.MIN_POST_ITEMS, max_items: media.MAX_POST_ITEMS, caption: media.MAX_CAPTION, alt: media.MAX_ALT, location: MAX_PLACE_NAME, hashtags: MAX_HASHTAGS, mentions: MAX_MENTIONS,
      tagged_people: MAX_PEOPLE, collaborators: MAX_COLLABORATORS, pinned: MAX_PINNED_POSTS, drafts: MAX_DRAFTS, scheduled: MAX_SCHEDULED, scheduled_days_ahead: MAX_DAYS_AHEAD,
    },
    comment: { content: MAX_COMMENT_LENGTH, pinned: MAX_PINNED, edit_seconds: EDIT_MINUTES * 60, restore_seconds: RESTORE_MINUTES * 60 },
    message: { text: messages.MAX_MESSAGE_LENGTH, media: messages.MAX_MESSAGE_MEDIA, edit_seconds: messages.EDIT_MINUTES * 60, pinned: messages.MAX_PINNED, people: messages.MAX_MEMBERS, voice: { types: media.VOICE_TYPES, max_bytes: media.MAX_VOICE_BYTES, max_seconds: media.MAX_VOICE_SECONDS } },
    hidden_words: { phrase: MAX_PHRASE, max_items: MAX_WORDS },
    reactions: { kinds: MAX_KINDS, own_kinds: MAX_OWN_KINDS },
    repost: { note: MAX_NOTE },
    collections: { name: MAX_COLLECTION_NAME, count: MAX_COLLECTIONS, posts: MAX_COLLECTION_POSTS, members: MAX_MEMBERS },
    report: { note: MAX_REPORT_NOTE },
    account: {
      username: { min: accounts.USERNAME_MIN, max: accounts.USERNAME_MAX },
      password: { min: accounts.PASSWORD_MIN, max: accounts.PASSWORD_MAX },
      full_name: accounts.FULL_NAME_MAX,
      bio: accounts.BIO_MAX,
    },
    circles: { max: MAX_CIRCLES, people: MAX_CIRCLE_MEMBERS, name: MAX_CIRCLE_NAME },
    favourites: MAX_FAVOURITES,
    stream: { per_person: MAX_PER_PERSON, in_all: env().LIMIT_STREAMS, topics: MAX_TOPICS, resume_seconds: RESUME_MS / 1_000 },
    list: { limit: 100, default: 20 },
    rates: publishedRates(),
  };
});
