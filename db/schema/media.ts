import { bigint, boolean, check, doublePrecision, index, integer, jsonb, pgTable, real, smallint, text, uniqueIndex } from "drizzle-orm/pg-core";
import { sql } from "drizzle-orm";
import { users } from "./accounts";
import { createdAt, primaryId, refId, time } from "./columns";
import type { Crop, MediaEdit, Receipt, VideoFiles, VideoReceipt } from "./media-edit";
import { posts } from "./posts";

export type { Crop };

/** One derived file: `name` is "150", "320" … "original"; bytes as stored; the file is `{name}.{ext}`. */
export type Variant = { name: string; ext: "jpg" | "webp" | "avif"; width: number; height: number; bytes: number };

/**
 * Every file a person brings: one row per item of a post, per avatar. A row is made when an upload is asked for,
 * before a byte moves; it belongs to a post once `postId` is set.
 */
export const media = pgTable(
  "media",
  {
    id: primaryId().primaryKey(),
    ownerId: refId("owner_id").notNull().references(() => users.id, { onDelete: "cascade" }),
    purpose: text("purpose", { enum: ["post", "avatar", "story", "message"] }).notNull(),
    state: text("state", { enum: ["pending", "uploaded", "processing", "ready", "failed"] }).notNull().default("pending"),
    kind: text("kind", { enum: ["image", "video", "audio"] }).notNull().default("image"),
    contentType: text("content_type").notNull(),
    bytes: bigint("bytes", { mode: "number" }).notNull(),
    /** Key of the uploaded file in object storage; chosen by the server, unguessable. */
    originalKey: text("original_key").notNull(),
    /** Part of every public address; changes when the bytes behind the address change. */
    version: text("version").notNull(),
    sha256: text("sha256"),
    /** Oriented and cropped, in pixels; known after completion. */
    width: integer("width"),
    height: integer("height"),
    /** Seconds. */
    duration: doublePrecision("duration"),
    /** Base64 of the ThumbHash. */
    thumbhash: text("thumbhash"),
    variants: jsonb("variants").$type<Variant[]>().notNull().default([]),
    /** Why it failed, a code of `lib/media/problems.ts`. */
    problem: text("problem"),
    postId: refId("post_id").references(() => posts.id, { onDelete: "set null" }),
    /** Null: no longer in the post but kept for its history (`post_versions`), or waiting to take the place of `replacesId`. */
    position: smallint("position"),
    /** Takes the place of this one in its post as soon as it is ready. */
    replacesId: refId("replaces_id"),
    alt: text("alt").notNull().default(""),
    crop: jsonb("crop").$type<Crop>(),
    edit: jsonb("edit").$type<MediaEdit>(),
    /** A change of a picture that is out: made under the version beside it, which then takes the place of `version`. */
    wantedEdit: jsonb("wanted_edit").$type<MediaEdit>(),
    wantedVersion: text("wanted_version"),
    /** How far the change is, 0..100, of a video; and why the last one came to nothing, a code of `lib/media/problems.ts`. */
    wantedProgress: smallint("wanted_progress"),
    wantedProblem: text("wanted_problem"),
    /** The whole of a video at a small size, for its author's editor: where it lies, how far it is (100: there), why it failed, when it was last asked for. */
    uncutVersion: text("uncut_version"),
    uncutProgress: smallint("uncut_progress"),
    uncutProblem: text("uncut_problem"),
    uncutAt: time("uncut_at"),
    /** What the camera wrote, shown only if its author wants that; the place only if asked for at upload. */
    camera: text("camera"),
    lens: text("lens"),
    exposureSeconds: real("exposure_seconds"),
    fNumber: real("f_number"),
    iso: integer("iso"),
    /** Millimetres, as the lens has it. */
    focalLength: real("focal_length"),
    takenAt: time("taken_at"),
    keepsPlace: boolean("keeps_place").notNull().default(false),
    takenLatitude: doublePrecision("taken_latitude"),
    takenLongitude: doublePrecision("taken_longitude"),
    showsCamera: boolean("shows_camera").notNull().default(false),
    /** Perceptual hash, 64 bits: pictures that look alike differ in few of them. */
    perceptualHash: bigint("perceptual_hash", { mode: "bigint" }),
    receipt: jsonb("receipt").$type<Receipt | VideoReceipt>(),
    /** Of an upload in parts: the store's own name for it, and the bytes of each part but the last. */
    uploadId: text("upload_id"),
    partBytes: integer("part_bytes"),
    hasAudio: boolean("has_audio"),
  /** Of a voice note that is ready: 64 loudnesses, 0..100. */
  waveform: jsonb("waveform").$type<number[]>(),
    video: jsonb("video").$type<VideoFiles>(),
    /** Of a video that is being made ready, 0..100. */
    progress: smallint("progress"),
    /** When the file that was brought was last known to lie in the second store, its checksum compared. */
    copiedAt: time("copied_at"),
    uploadExpiresAt: time("upload_expires_at"),
    uploadedAt: time("uploaded_at"),
    readyAt: time("ready_at"),
    createdAt: createdAt(),
  },
  (t) => [
    index("media_post").on(t.postId, t.position),
    index("media_owner").on(t.ownerId, t.id.desc().nullsFirst()),
    // The same file from the same person need not be sent again.
    index("media_same_file").on(t.ownerId, t.sha256).where(sql`sha256 is not null`),
    index("media_uncopied").on(t.id).where(sql`copied_at is null and state in ('uploaded', 'processing', 'ready')`),
    index("media_uncut").on(t.uncutAt).where(sql`uncut_version is not null`),
    index("media_unattached").on(t.createdAt).where(sql`post_id is null and purpose = 'post'`),
    check("media_state", sql`${t.state} in ('pending', 'uploaded', 'processing', 'ready', 'failed')`),
  ],
);

/** Subtitles that an author brought for a video, as WebVTT. */
export const mediaCaptions = pgTable(
  "media_captions",
  {
    id: primaryId().primaryKey(),
    mediaId: refId("media_id").notNull().references(() => media.id, { onDelete: "cascade" }),
    /** BCP 47, as "en" or "pt-BR". */
    language: text("language").notNull(),
    label: text("label").notNull(),
    storageKey: text("storage_key").notNull(),
    createdAt: createdAt(),
  },
  (t) => [uniqueIndex("media_captions_language").on(t.mediaId, t.language)],
);
