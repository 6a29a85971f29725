import * as accounts from "@/lib/accounts/limits";
import { MAX_COMMENT_LENGTH } from "@/lib/comments/schemas";
import * as media from "@/lib/media/limits";
import { canTakeVideos } from "@/lib/media/video/programs";
import { env } from "@/lib/platform/env";
import { rest } from "@/lib/platform/http/rest";
import { MAX_PLACE_NAME } from "@/lib/posts/schemas";

const counted = (max: number, perSeconds: number) => ({ max, per_seconds: perSeconds });

/** Every limit the server enforces, so that a client can check first. */
export const GET = rest({ auth: "optional" }, async () => {
  const rates = env();
  const { lossy, lossless, seeThrough } = media.MAX_JXL_PIXELS;
  const jxl = { max_pixels: lossy, max_pixels_lossless: lossless, max_pixels_transparent: seeThrough };
  return {
    photo: { types: media.PHOTO_TYPES, max_bytes: media.MAX_PHOTO_BYTES, max_pixels: media.MAX_PHOTO_PIXELS, max_side: media.MAX_PHOTO_SIDE, jxl },
    video: {
      types: media.VIDEO_TYPES, max_bytes: media.MAX_VIDEO_BYTES, max_seconds: media.MAX_VIDEO_SECONDS, max_pixels: media.MAX_VIDEO_PIXELS, max_side: media.MAX_VIDEO_SIDE,
      available: await canTakeVideos(), captions: { max_bytes: media.MAX_CAPTIONS_BYTES, max_languages: media.MAX_CAPTIONS_LANGUAGES },
    },
    avatar: { types: media.PHOTO_TYPES, max_bytes: media.MAX_AVATAR_BYTES, max_pixels: media.MAX_PHOTO_PIXELS, jxl },
    upload: { expires_in: media.UPLOAD_EXPIRES_IN, part_bytes: media.PART_BYTES, max_waiting: media.MAX_UNATTACHED, max_waiting_bytes: media.MAX_UNATTACHED_BYTES },
    post: { min_items: media.MIN_POST_ITEMS, max_items: media.MAX_POST_ITEMS, caption: media.MAX_CAPTION, alt: media.MAX_ALT, location: MAX_PLACE_NAME },
    comment: { content: MAX_COMMENT_LENGTH },
    account: {
      username: { min: accounts.USERNAME_MIN, max: accounts.USERNAME_MAX },
      password: { min: accounts.PASSWORD_MIN, max: accounts.PASSWORD_MAX },
      full_name: accounts.FULL_NAME_MAX,
      bio: accounts.BIO_MAX,
    },
    list: { limit: 100, default: 20 },
    rates: {
      api: counted(rates.LIMIT_API_PER_MINUTE, 60),
      api_signed_in: counted(rates.LIMIT_API_PERSON_PER_MINUTE, 60),
      login: counted(rates.LIMIT_LOGIN_PER_MINUTE, 60),
      signup: counted(rates.LIMIT_SIGNUP_PER_HOUR, 3_600),
      posts: counted(rates.LIMIT_POSTS_PER_HOUR, 3_600),
      follows: counted(rates.LIMIT_FOLLOWS_PER_DAY, 86_400),
      comments: counted(rates.LIMIT_COMMENTS_PER_MINUTE, 60),
    },
  };
});
