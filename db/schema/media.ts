import { bigint, check, doublePrecision, index, integer, jsonb, pgTable, smallint, text } from "drizzle-orm/pg-core";
import { sql } from "drizzle-orm";
import { users } from "./accounts";
import { createdAt, primaryId, refId, time } from "./columns";
import { posts } from "./posts";

/** Part of the oriented picture, each value 0..1 of its width or height. */
export type Crop = { x: number; y: number; width: number; height: number };

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
    kind: text("kind", { enum: ["image", "video"] }).notNull().default("image"),
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
    position: smallint("position"),
    alt: text("alt").notNull().default(""),
    crop: jsonb("crop").$type<Crop>(),
    uploadExpiresAt: time("upload_expires_at"),
    uploadedAt: time("uploaded_at"),
    readyAt: time("ready_at"),
    createdAt: createdAt(),
  },
  (t) => [
    index("media_post").on(t.postId, t.position),
    index("media_owner").on(t.ownerId, t.id.desc().nullsFirst()),
    index("media_unattached").on(t.createdAt).where(sql`post_id is null and purpose = 'post'`),
    check("media_state", sql`${t.state} in ('pending', 'uploaded', 'processing', 'ready', 'failed')`),
  ],
);
