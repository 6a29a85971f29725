import { z } from "zod";
import type { CommentView, WaitingCommentView } from "@/lib/comments/types";
import { REMOVED, VIDEO_CHANGES } from "@/db/schema/media-edit";
import type { CircleView } from "@/lib/graph/types";
import type { MediaView, PhotoReceiptView, VideoReceiptView } from "@/lib/media/types";
import type { NotificationView } from "@/lib/notifications/types";
import type { PlaceView, PostVersionView, PostView, ReactionView, RepostView, TagView } from "@/lib/posts/types";
import type { ProfileView, SelfView, UserSummary, UserView } from "@/lib/profiles/types";

/**
 * The views as schemas, for the published description; the compiler holds each against its view type in both directions
 * and the tests against real answers. Nothing beyond what is listed may appear in an answer.
 */
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never;
export const sameAs = <View>() => <S extends z.ZodType>(schema: S, _isSame: Same<z.output<S>, View>): S => schema;

export const id = z.string().regex(/^\d{1,19}$/).describe("Decimal digits of a 64-bit number");
const time = z.iso.datetime({ precision: 3 });
const count = z.number().int().min(0);
const address = z.string().describe("Web address; one that begins with a slash is of this server");

export const pagination = z.strictObject({ limit: z.number().int(), count, next_cursor: z.string().nullable().describe("For `?cursor=` of the next page; null at the end") }).meta({ id: "Pagination" });

const relation = z.strictObject({
  is_self: z.boolean(), following: z.boolean(), requested: z.boolean(), followed_by: z.boolean(), blocking: z.boolean(), muting: z.boolean().describe("Of posts"),
  muting_stories: z.boolean(), restricting: z.boolean(), is_favourite: z.boolean(),
});

const summaryFields = { id, username: z.string(), full_name: z.string(), avatar_url: address.nullable(), is_verified: z.boolean() };
export const userSummary = sameAs<UserSummary>()(z.strictObject(summaryFields).meta({ id: "UserSummary" }), true);

const userFields = {
  ...summaryFields,
  bio: z.string(), website: z.string(), pronouns: z.string(), links: z.array(z.strictObject({ title: z.string(), url: z.string() })),
  is_private: z.boolean(), follower_count: count, following_count: count, post_count: count, created_at: time,
  viewer: relation.nullable().describe("What the viewer and this person are to each other; null without a token"),
};
export const user = sameAs<UserView>()(z.strictObject(userFields).meta({ id: "User" }), true);
export const profile = sameAs<ProfileView>()(z.strictObject({
  ...userFields, last_active_at: time.nullable().describe("When they were there last, to five minutes; to people whom they follow, when both show it, for a week. Null for everybody else"),
}).meta({ id: "Profile" }), true);
export const self = sameAs<SelfView>()(z.strictObject({ ...userFields, email: z.string(), email_verified: z.boolean(), role: z.enum(["member", "moderator", "administrator"]) }).meta({ id: "Self" }), true);

const sizes = z.strictObject({ "150": address.describe("Square"), "320": address, "640": address, "1080": address, "1440": address.optional(), original: address.optional() });
const camera = z.strictObject({
  name: z.string().nullable(), lens: z.string().nullable(), exposure_seconds: z.number().nullable(), f_number: z.number().nullable(), iso: z.number().int().nullable(), focal_length: z.number().nullable().describe("Millimetres"),
});
export const media = sameAs<MediaView>()(
  z.strictObject({
    id, type: z.enum(["image", "video"]), state: z.enum(["pending", "uploaded", "processing", "ready", "failed"]), width: z.number().int(), height: z.number().int(), duration: z.number().nullable(),
    alt: z.string(), thumbhash: z.string().nullable().describe("Base64"), urls: sizes.describe("JPEG by width in pixels, never enlarged"),
    sources: z.array(z.strictObject({ type: z.enum(["image/avif", "image/webp", "image/jpeg"]), srcset: z.string() })).describe("For `<picture>`, best first"),
    progress: z.number().int().optional().describe("Of a video that is being made ready, 0 to 100"), has_audio: z.boolean().optional(),
    hls_url: address.optional().describe("Videos: HLS with fMP4"), mp4_url: address.optional().describe("Videos: one MP4 up to 720 lines"), poster_url: address.optional(),
    preview_url: address.optional().describe("Videos: a moving picture of a few seconds"),
    captions: z.array(z.strictObject({ language: z.string(), label: z.string(), url: address })).optional().describe("Videos: WebVTT"),
    tags: z.array(z.strictObject({
      username: z.string(), full_name: z.string(), x: z.number().describe("From the left, 0 to 1"), y: z.number().describe("From the top, 0 to 1"),
      is_proposed: z.literal(true).optional().describe("Not shown to others before they agree"), is_viewer: z.literal(true).optional(),
    })).describe("Who stands on it"),
    camera: camera.nullable().describe("What the camera wrote, when the author shows it"),
    change: z.strictObject({ what: z.enum(["edit", "replacement"]), progress: z.number().int().nullable(), problem: z.string().nullable() }).optional().describe("To its author: a new version of a video, or what is to take the place of this item, is being made (`progress` 0 to 100), or the last one came to nothing (`problem` says why)"),
  }).meta({ id: "Media" }),
  true,
);

const servedFile = z.strictObject({
  name: z.string(), format: z.enum(["jpg", "webp", "avif"]), width: z.number().int(), height: z.number().int(), bytes: count,
  similarity: z.number().nullable().describe("SSIM with the picture at that size before it was compressed; null where it was not measured"),
});
const photoReceipt = sameAs<PhotoReceiptView>()(
  z.strictObject({
    kind: z.literal("image"), media_id: id, state: z.enum(["pending", "uploaded", "processing", "ready", "failed"]), is_complete: z.boolean().describe("False until the lighter formats have been made"),
    source: z.strictObject({ type: z.string(), width: z.number().int(), height: z.number().int(), bytes: count, colour: z.string().nullable(), quality: z.number().int().nullable().describe("Of a JPEG, as libjpeg counts") }),
    colour: z.enum(["sRGB", "Display P3"]).nullable(), served: z.array(servedFile), removed: z.array(z.enum(REMOVED)).nullable().describe("What the file said beside its picture; null when not known"),
    kept: z.strictObject({ camera: camera.nullable(), is_shown: z.boolean(), taken_at: time.nullable(), keeps_place: z.boolean().describe("The author wants the place of taking kept"), place: z.strictObject({ latitude: z.number(), longitude: z.number() }).nullable() }),
  }).meta({ id: "PhotoReceipt" }),
  true,
);
const videoReceipt = sameAs<VideoReceiptView>()(
  z.strictObject({
    kind: z.literal("video"), media_id: id, state: z.enum(["pending", "uploaded", "processing", "ready", "failed"]), is_complete: z.boolean().describe("False until the similarity has been measured, or found not to be measurable"),
    source: z.strictObject({
      type: z.string(), width: z.number().int(), height: z.number().int(), bytes: count, duration: z.number().nullable().describe("Seconds"), codec: z.string().nullable().describe("As ffmpeg names it"),
      frame_rate: z.number().nullable().describe("On average, a second"), is_variable_frame_rate: z.boolean().nullable(), hdr: z.enum(["PQ", "HLG"]).nullable(),
      audio: z.strictObject({ codec: z.string(), channels: z.number().int() }).nullable(),
    }).describe("What came in, upright; null where that was not looked at"),
    duration: z.number().nullable().describe("Seconds, of what is served"), has_audio: z.boolean(),
    served: z.array(z.strictObject({
      name: z.string(), width: z.number().int(), height: z.number().int(), bytes: count, bit_rate: z.number().int().describe("Bits a second on average"),
      similarity: z.number().nullable().describe("SSIM of three short samples with the video at that size before it was compressed; null where it was not measured"),
    })).describe("The sizes of the adaptive stream, smallest first"),
    mp4: z.strictObject({ width: z.number().int(), height: z.number().int(), bytes: count }).nullable(),
    poster: z.strictObject({ width: z.number().int(), height: z.number().int(), files: count, bytes: count }).nullable().describe("The cover: its largest size, and all its files together"),
    removed: z.array(z.enum(REMOVED)).nullable().describe("What the file said beside its pictures and sound; null when not known"),
    changed: z.array(z.enum(VIDEO_CHANGES)).nullable().describe("What is not as it was brought: toned is HDR brought to ordinary brightness, thinned more than 60 frames a second, squared pixels that were not; null when not known"),
  }).meta({ id: "VideoReceipt" }),
  true,
);
export const receipt = z.discriminatedUnion("kind", [photoReceipt, videoReceipt]).meta({ id: "Receipt" });

export const place = sameAs<PlaceView>()(z.strictObject({ id, name: z.string(), latitude: z.number().nullable(), longitude: z.number().nullable() }).meta({ id: "Place" }), true);
export const tag = sameAs<TagView>()(z.strictObject({ id, name: z.string(), post_count: count }).meta({ id: "Tag" }), true);

export const reaction = sameAs<ReactionView>()(z.strictObject({ emoji: z.string(), count: count.nullable().describe("null when the author keeps likes to themselves, or the viewer wants no such numbers"), mine: z.boolean() }).meta({ id: "Reaction" }), true);
const repost = sameAs<RepostView>()(z.strictObject({ id, user: userSummary, note: z.string().describe("Empty when it has a word that the viewer hides"), created_at: time }).meta({ id: "Repost" }), true);

export const post = sameAs<PostView>()(
  z.strictObject({
    id, shortcode: z.string(), url: z.string(), user_id: id, user: userSummary,
    collaborators: z.array(z.strictObject({ ...summaryFields, is_invited: z.literal(true).optional().describe("Has not answered yet; to the two alone") })).describe("Who made it together with `user`"),
    status: z.enum(["processing", "published", "failed", "held", "scheduled"]).describe("Anything but published is visible to its author only"),
    scheduled_for: time.nullable().optional().describe("When it is to appear, of a scheduled post; to its author"),
    problem: z.string().optional().describe("Why it failed; to its author"),
    content_type: z.enum(["photo", "video", "carousel"]), audience: z.enum(["everyone", "followers", "circles"]), caption: z.string(), location: place.nullable(),
    circles: z.array(z.strictObject({ id, name: z.string(), is_close_friends: z.boolean() })).optional().describe("To its author: of a post for circles which; none when they were all deleted"),
    for_close_friends: z.boolean().optional().describe("To others: of a post for circles, whether they see it as a close friend"),
    hashtags: z.array(z.string()), mentions: z.array(z.string()), image_url: address.describe("1080 wide"), thumbnail_url: address.describe("150 square"), medium_url: address.describe("640 wide"),
    media: z.array(media), like_count: count.nullable().describe("null when the author keeps it to themselves, or the viewer wants no such numbers"), comment_count: count, share_count: count.describe("People who passed it on, also by reposting"), repost_count: count,
    reactions: z.array(reaction).describe("Most first"),
    save_count: count.optional().describe("To its author"), is_archived: z.boolean().optional().describe("To its author"),
    view_count: count, is_pinned: z.boolean().describe("Stands at the top of its author's profile"), is_liked: z.boolean(), is_saved: z.boolean(), is_reposted: z.boolean(), can_repost: z.boolean().describe("By the viewer"), can_embed: z.boolean().describe("On other sites"),
    is_edited: z.boolean(), comments_enabled: z.boolean(), like_count_hidden: z.boolean(), is_sensitive: z.boolean().describe("Marked by its author"),
    cover: z.enum(["sensitive", "word"]).nullable().describe("Why it should be covered until the viewer asks for it: marked as sensitive, or its caption has a word they hide"),
    reposts_enabled: z.boolean(), repost: repost.optional().describe("In lists: who reposted it, and what they said"), created_at: time, updated_at: time,
  }).meta({ id: "Post" }),
  true,
);

export const circle = sameAs<CircleView>()(z.strictObject({ id, name: z.string(), is_close_friends: z.boolean(), member_count: count, created_at: time }).meta({ id: "Circle" }), true);

export const postVersion = sameAs<PostVersionView>()(
  z.strictObject({
    id, caption: z.string().describe("Empty while it is covered"), media: z.array(media.nullable()).describe("In its order; null where a photo is not kept any more; empty while it is covered"),
    cover: z.enum(["sensitive", "word"]).nullable().describe("Why it is covered until the viewer asks for it: as the post, or for a word in its own caption"),
    changed: z.array(z.enum(["caption", "order", "photos"])).describe("What of it was changed then"), until: time,
  }).meta({ id: "PostVersion" }),
  true,
);

const commentFields = {
  id, post_id: id, parent_id: id.nullable(), user: userSummary, content: z.string(), mentions: z.array(z.string()),
  state: z.enum(["shown", "pending", "hidden"]).describe("To the post's author: it waits for their word, or was put away; for everybody else it is shown"),
  like_count: count.nullable().describe("null when the viewer wants no such numbers"), reply_count: count, is_liked: z.boolean(), is_pinned: z.boolean(), is_edited: z.boolean(),
  editable_until: time.nullable().describe("To its writer"), can_delete: z.boolean(), can_moderate: z.boolean().describe("Pin, hide and approve: the post's author"), created_at: time,
};
export const postSketch = z.strictObject({ id, shortcode: z.string(), thumbnail_url: address.describe("Empty for a covered post"), alt: z.string() });

export const comment = sameAs<CommentView>()(z.strictObject(commentFields).meta({ id: "Comment" }), true);
export const waitingComment = sameAs<WaitingCommentView>()(z.strictObject({ ...commentFields, post: postSketch }).meta({ id: "WaitingComment" }), true);

export const notification = sameAs<NotificationView>()(
  z.strictObject({
    id, kind: z.enum(["follow", "follow_request", "follow_accepted", "like", "comment", "reply", "mention", "comment_like", "tag", "tag_request", "collaboration", "collaboration_accepted", "repost", "collection_shared", "milestone", "security"]), actors: z.array(userSummary).describe("Newest first, at most three; none in a milestone and a security notice"), actor_count: count,
    post: postSketch.nullable(), comment: z.strictObject({ id, content: z.string() }).nullable().describe("null also when it has a word that the viewer hides"),
    milestone: z.strictObject({ of: z.enum(["likes", "followers"]), count }).nullable().describe("Reached by the post, or by oneself"),
    security: z.strictObject({ what: z.string(), device: z.string().nullable().describe("Of a sign-in") }).nullable(),
    is_read: z.boolean(), following_back: z.boolean(), created_at: time,
  }).meta({ id: "Notification" }),
  true,
);

export const session = z.strictObject({ user: self, token: z.string(), expires_at: time });
export const token = z.strictObject({ token: z.string(), expires_at: time });

/** A list under its name, with where it goes on. */
export const listOf = <Name extends string, Item extends z.ZodType>(name: Name, item: Item) => z.strictObject({ [name]: z.array(item), pagination } as Record<Name, z.ZodArray<Item>> & { pagination: typeof pagination });
