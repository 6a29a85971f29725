import { randomKey } from "@/lib/platform/random-key";
import type { MediaEdit, PhotoEdit } from "@/lib/media/edit/types";
import type { CropShape } from "@/lib/media/edit/shapes";
import type { FileHandle } from "./kept-file";
import type { Begun } from "./send-file";

export type Upload =
  | { state: "waiting" }
  /** `progress` 0..1 of the bytes that have really left. */
  | { state: "sending"; progress: number }
  | { state: "done"; mediaId: string }
  | { state: "failed"; reason: string; canRetry: boolean };

/** One photo of the draft. The file itself is kept with it, on the device, so that a reload loses nothing. */
export type DraftPhoto = {
  key: string;
  file: Blob;
  /** A small copy for the strip; null where the browser could not make one. */
  thumb: Blob | null;
  name: string;
  type: string;
  /** 0 by 0 when this browser can't show the photo: `isShowable`. */
  width: number;
  height: number;
  /** Seconds, of a video, where this browser could find out. */
  duration?: number | null;
  alt: string;
  /** What its author did to it; null is nothing. `shape` is what its crop was held to. */
  edit: MediaEdit | null;
  shape: CropShape;
  /** People shown on it. */
  tags?: PointedPerson[];
  upload: Upload;
  /** Of a large file: its upload, once it has begun. */
  begun?: Begun | null;
  /** Of a file that has to be opened again first, by a press: `file` is empty until then. */
  handle?: FileHandle;
};

/** Somebody at a point of a photo, 0..1 from its left and top. */
export type PointedPerson = { username: string; x: number; y: number };

export type Draft = {
  /** Becomes the Idempotency-Key: however often the draft is sent, it is posted once. */
  key: string;
  photos: DraftPhoto[];
  caption: string;
  place: string;
  audience: "everyone" | "followers" | "circles";
  /** With audience circles: which. */
  circleIds: string[];
  commentsEnabled: boolean;
  hideLikes: boolean;
  /** Covered until a reader asks for it. Missing in drafts of before there was such a mark. */
  isSensitive?: boolean;
  /** Others may repost it. Missing in drafts of before it could be set. */
  repostsEnabled?: boolean;
  /** Readers see camera, lens and exposure. */
  showCamera: boolean;
  /** The place of taking is kept, for the author alone. */
  keepPlace: boolean;
  /** When it is to appear, ISO 8601; null is at once. */
  scheduledFor: string | null;
  /** Usernames of those invited to be its authors, too. */
  collaborators: string[];
  /** Where it is kept on the server, and in which revision. */
  server: { id: string; revision: number } | null;
  /** Somebody pressed Share and has not yet heard how it ended; goes on after a reload, too. */
  isWanted: boolean;
  /** What was sent when the answer was lost: it may have been posted all the same. */
  tried: string | null;
};

/** What one types and sets, beside the photos. */
export type DraftWords = Pick<Draft, "caption" | "place" | "audience" | "circleIds" | "commentsEnabled" | "hideLikes" | "isSensitive" | "repostsEnabled" | "showCamera" | "keepPlace" | "scheduledFor" | "collaborators">;

export const emptyDraft = (): Draft => ({
  key: randomKey(), photos: [], caption: "", place: "", audience: "everyone", circleIds: [], commentsEnabled: true, hideLikes: false, isSensitive: false, repostsEnabled: true, showCamera: false, keepPlace: false, scheduledFor: null, collaborators: [], server: null, isWanted: false, tried: null,
});

export const isVideo = ({ type }: Pick<DraftPhoto, "type">) => type.startsWith("video/");

/** Whether this browser can show the photo before it is posted. */
export const isShowable = ({ width }: Pick<DraftPhoto, "width">) => width > 0;

/** What was done to it, when it is a photo and anything was. */
export function photoEdit({ edit }: Pick<DraftPhoto, "edit">): PhotoEdit | null {
  return edit?.kind === "image" ? edit : null;
}
