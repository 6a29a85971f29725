import { expect, test } from "vitest";
import type { VideoEdit } from "@/db/schema/media-edit";
import { isVariable } from "./receipt";
import { extentOf } from "./remake";
import { listVideoRemoved } from "./removed";
import { cutCaptions, shiftCaptions } from "./webvtt";

const edit = (part: Partial<VideoEdit>): VideoEdit => ({ trim: null, cover: null, isMuted: false, crop: null, ...part });

test("only what changed is made anew", () => {
  const crop = { x: 0, y: 0, width: 0.5, height: 1 };
  expect(extentOf(null, edit({ cover: 3 }))).toBe("poster");
  expect(extentOf(edit({ crop, cover: 1 }), edit({ crop: { height: 1, width: 0.5, y: 0, x: 0 } }))).toBe("poster");
  expect(extentOf(edit({ crop }), edit({ crop, isMuted: true }))).toBe("silence");
  expect(extentOf(edit({ isMuted: true }), null)).toBe("all");
  expect(extentOf(edit({ trim: { start: 0, end: 3 } }), edit({ trim: { start: 0, end: 4 } }))).toBe("all");
  expect(extentOf(edit({ crop }), edit({ isMuted: true }))).toBe("all");
});

test("varying frame rates are told from the rounding of containers", () => {
  const every = (gap: (i: number) => number) => Array.from({ length: 60 }).reduce<number[]>((list, _, i) => [...list, list.at(-1)! + gap(i)], [0]);
  expect(isVariable(every(() => 1 / 30))).toBe(false);
  expect(isVariable(every((i) => (i % 3 ? 0.033 : 0.034)))).toBe(false);
  expect(isVariable(every((i) => (i > 30 ? 1 / 24 : 1 / 30)))).toBe(true);
  expect(isVariable([0, 1, 2])).toBeNull();
});

test("what a file says is known by the names that cameras and programs give it", () => {
  const stream = (codec_type: string, tags = {}) => ({ codec_type, disposition: {}, tags });
  const removed = (tags: object, ...streams: ReturnType<typeof stream>[]) => listVideoRemoved(tags as Record<string, string>, streams);
  expect(removed({ major_brand: "isom", minor_version: "512", compatible_brands: "isom" }, stream("video", { language: "und", handler_name: "VideoHandler", DURATION: "00:01" }))).toEqual([]);
  expect(removed({ "com.apple.quicktime.location.ISO6709": "+51-0/", "com.apple.quicktime.make": "Apple", "com.apple.quicktime.model": "x", "com.apple.quicktime.software": "17", "com.apple.quicktime.creationdate": "2024" }, stream("video"), stream("data"))).toEqual(["location", "camera", "time", "data_tracks", "software"]);
  expect(removed({ "©xyz": "+51-0/" })).toEqual(["location"]);
  expect(removed({ artist: "Ada", comment: "x", "com.android.version": "14", zebra: "1" })).toEqual(["names", "camera", "comments", "other"]);
});

test("subtitles move with the part that is shown", () => {
  const text = "WEBVTT\n\n00:00:01.000 --> 00:00:03.000 align:start\n<i>One</i>\n\n00:00:05.000 --> 00:00:06.000\nTwo\n";
  expect(cutCaptions(text, 2, 5)).toBe("WEBVTT\n\n00:00:00.000 --> 00:00:01.000 align:start\n<i>One</i>\n");
  expect(cutCaptions(text, 7, 9)).toBe("WEBVTT\n");
  expect(cutCaptions(shiftCaptions(text, 10), 10, 20)).toBe(text);
});
