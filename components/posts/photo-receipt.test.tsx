import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import type { MediaView, PhotoReceiptView, VideoReceiptView } from "@/lib/media/types";
import { CameraLines } from "./camera-lines";
import { PhotoReceipt } from "./photo-receipt";
import { bytesText, lengthText, rateText, rowsOf, similarityText } from "./receipt-text";
import { VideoReceipt } from "./video-receipt";

const camera = { name: "FUJIFILM X-T5", lens: "XF23mmF2 R WR", exposure_seconds: 0.004, f_number: 2, iso: 400, focal_length: 23 };
const receipt: PhotoReceiptView = {
  kind: "image", media_id: "1", state: "ready", is_complete: true, colour: "Display P3",
  source: { type: "image/jpeg", width: 4000, height: 3000, bytes: 4_100_000, colour: "Display P3", quality: 92 },
  served: [
    { name: "150", format: "jpg", width: 150, height: 150, bytes: 4_000, similarity: 0.99996 },
    { name: "320", format: "avif", width: 320, height: 240, bytes: 9_400, similarity: 0.9712 },
    { name: "original", format: "jpg", width: 4000, height: 3000, bytes: 1_900_000, similarity: null },
  ],
  removed: ["location", "serial_number"], kept: { camera, is_shown: false, taken_at: null, keeps_place: false, place: null },
};
const textOf = (html: string) => html.replaceAll(/<[^>]+>/g, " ").replaceAll(/\s+/g, " ");

test("a receipt says what came in, what is served and what was taken out", () => {
  const text = textOf(renderToStaticMarkup(<PhotoReceipt receipt={receipt} title="Photo 1 of 2" />));
  for (const part of ["Photo 1 of 2", "JPEG · 4000 × 3000 · 4.1 MB · quality 92 · Display P3", "People are served (in Display P3)", "4000 × 3000 whole", "9 kB 97.1%", "where it was taken", "serial numbers", "FUJIFILM X-T5 · 23 mm · f/2 · 1/250 s · ISO 400", "Only you can see it"]) expect(text).toContain(part);
  expect(textOf(renderToStaticMarkup(<PhotoReceipt receipt={{ ...receipt, removed: [], is_complete: false }} title={null} />))).toMatch(/Nothing: the file.*/);
});

test("numbers are as people read them", () => {
  expect([bytesText(999), bytesText(9_400), bytesText(999_600), similarityText(0.99996), similarityText(1)]).toEqual(["999 B", "9 kB", "1.0 MB", "99.9%", "100%"]);
  expect(rowsOf(receipt.served).map(({ name }) => name)).toEqual(["original", "320", "150"]);
});

test("the camera's line stands under the post, and only where there is one", () => {
  const media = (cameras: MediaView["camera"][]) => cameras.map((one, i) => ({ id: String(i), camera: one })) as MediaView[];
  const lines = (cameras: MediaView["camera"][], whole = false) => textOf(renderToStaticMarkup(<CameraLines media={media(cameras)} whole={whole} />));
  expect(lines([null, null])).toBe("");
  expect(lines([camera, camera])).toContain("FUJIFILM X-T5 · 23 mm · f/2 · 1/250 s · ISO 400");
  expect(lines([null, camera], true)).toContain("2. FUJIFILM");
  expect(lines([camera, camera], true)).not.toContain("1.");
  expect(lines([camera], true)).toContain("XF23mmF2 R WR");
  expect(lines([camera, { ...camera, iso: 800 }])).not.toContain("ISO");
  expect(lines([camera, { ...camera, iso: 800 }], true)).toMatch(/1\. FUJIFILM.*2\. FUJIFILM.*ISO 800/);
});

const film: VideoReceiptView = {
  kind: "video", media_id: "2", state: "ready", is_complete: true, duration: 62.4, has_audio: false,
  source: { type: "video/quicktime", codec: "hevc", width: 1080, height: 1920, bytes: 81_000_000, duration: 75.04, frame_rate: 29.97, is_variable_frame_rate: true, hdr: "HLG", audio: { codec: "aac", channels: 2 } },
  served: [{ name: "240", width: 240, height: 426, bytes: 2_000_000, bit_rate: 256_410, similarity: 0.9432 }, { name: "1080", width: 1080, height: 1920, bytes: 30_000_000, bit_rate: 3_846_154, similarity: null }],
  mp4: { width: 720, height: 1280, bytes: 12_000_000 }, poster: { width: 1080, height: 1920, files: 9, bytes: 400_000 }, removed: ["location", "camera"], changed: ["trimmed", "silenced", "toned"],
};

test("a video's receipt says it in the same manner, and what was not measured", () => {
  const told = (receipt: VideoReceiptView) => textOf(renderToStaticMarkup(<VideoReceipt receipt={receipt} title={null} />));
  const text = told(film);
  for (const part of [
    "MOV · HEVC · 1080 × 1920 · 29.97 frames a second on average, varying · HDR (HLG) · 1:15 min · 81.0 MB", "Sound: AAC, stereo", "240 × 426 256 kbit/s 2.0 MB 94.3%", "1080 × 1920 3.8 Mbit/s 30.0 MB –", "720 × 1280 one MP4",
    "shortened from 1:15 min to 1:02 min", "without its sound", "HDR brought to", "where it was filmed", "make and model",
  ]) expect(text).toContain(part);
  expect(told({ ...film, is_complete: false })).toContain("still being measured");
  expect(told({ ...film, served: film.served.map((one) => ({ ...one, similarity: null })) })).toContain("has not been measured");
  expect(told({ ...film, removed: null, changed: [] })).toMatch(/Nothing: it is shown as it was filmed.*Not recorded/);
  expect([lengthText(59.96), rateText(999_600)]).toEqual(["1:00 min", "1.0 Mbit/s"]);
});
