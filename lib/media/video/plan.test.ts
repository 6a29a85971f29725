import { describe, expect, test } from "vitest";
import { cropOf, spanOf } from "./command";
import { containerOf } from "./container";
import { ladderFor, plainRung } from "./ladder";
import { codecsOf, readPlaylist, signPlaylist, writeMaster, writePlaylist } from "./playlist";

describe("ladderFor", () => {
  const sizes = (width: number, height: number) => ladderFor({ width, height }, 30).map((rung) => `${rung.name}:${rung.width}x${rung.height}`);

  test("every step up to the source, never above", () => {
    expect(sizes(1920, 1080)).toEqual(["240:426x240", "360:640x360", "480:852x480", "720:1280x720", "1080:1920x1080"]);
    expect(sizes(3840, 2160).at(-1)).toBe("1080:1920x1080");
    expect(sizes(640, 360)).toEqual(["240:426x240", "360:640x360"]);
  });
  test("steps go by the shorter side, so a phone held upright has the same", () => {
    expect(sizes(1080, 1920)).toEqual(["240:240x426", "360:360x640", "480:480x852", "720:720x1280", "1080:1080x1920"]);
  });
  test("a source between two steps, or below them all, has a step of its own", () => {
    expect(sizes(1000, 600)).toEqual(["240:400x240", "360:600x360", "480:800x480", "600:1000x600"]);
    expect(sizes(500, 500)).toEqual(["240:240x240", "360:360x360", "480:480x480"]);
    expect(sizes(101, 57)).toEqual(["57:100x56"]);
    expect(sizes(1, 1)).toEqual(["1:2x2"]);
  });
  test("a strip stays within what H.264 bears", () => {
    expect(Math.max(...ladderFor({ width: 8_000, height: 500 }, 30).map(({ width }) => width))).toBeLessThanOrEqual(4_096);
  });
  test("the plain MP4 is the largest up to 720", () => {
    expect(plainRung(ladderFor({ width: 1920, height: 1080 }, 30)).name).toBe("720");
    expect(plainRung(ladderFor({ width: 1920, height: 1000 }, 30)).name).toBe("720");
    expect(plainRung(ladderFor({ width: 90, height: 50 }, 30)).name).toBe("50");
  });
});

describe("edits", () => {
  const edit = { trim: { start: 2, end: 5 }, cover: null, isMuted: false, crop: null };
  test("a trim ends with the video", () => {
    expect(spanOf(edit, 10)).toEqual({ start: 2, length: 3 });
    expect(spanOf(edit, 4)).toEqual({ start: 2, length: 2 });
    expect(spanOf(null, null)).toEqual({ start: 0, length: null });
  });
  test("a crop is even and inside", () => {
    expect(cropOf({ width: 101, height: 57 }, { ...edit, crop: { x: 0.5, y: 0.5, width: 0.5, height: 0.5 } })).toEqual({ x: 51, y: 29, width: 50, height: 28 });
    expect(cropOf({ width: 100, height: 60 }, { ...edit, crop: { x: 0, y: 0, width: 1, height: 1 } })).toEqual({ x: 0, y: 0, width: 100, height: 60 });
  });
});

describe("playlists", () => {
  const list = { map: { bytes: 800, offset: 0 }, segments: [{ seconds: 4, bytes: 1_000, offset: 800 }, { seconds: 1.5, bytes: 500, offset: 1_800 }] };
  test("what is written is read", () => {
    expect(readPlaylist(writePlaylist("480", list))).toEqual(list);
  });
  test("every address in them bears the signature, and nothing else changes", () => {
    const rendition = { width: 852, height: 480, bandwidth: 900_000, codecs: "avc1.64001f,mp4a.40.2", bytes: 1 };
    const master = writeMaster([{ ...rendition, name: "240" }, { ...rendition, name: "480" }]);
    for (const text of [writePlaylist("480", list), master]) {
      const signed = signPlaylist(text, "?v=1&e=2&s=abc");
      const addresses = [...signed.matchAll(/^(?!#)\S+$/gm), ...signed.matchAll(/URI="[^"]+/g)].map(String);
      expect(addresses.length).toBeGreaterThan(1);
      expect(addresses.every((one) => one.endsWith("?v=1&e=2&s=abc"))).toBe(true);
      expect(signed.replaceAll("?v=1&e=2&s=abc", "")).toBe(text);
    }
  });
  test("codecs come from the file", () => {
    expect(codecsOf(Buffer.from("....avcC\x01\x64\x00\x1f\xff", "latin1"), true)).toBe("avc1.64001f,mp4a.40.2");
  });
});

describe("containerOf", () => {
  const box = (text: string) => Buffer.from(`\0\0\0\x18${text}`.padEnd(64, "\0"), "latin1");
  test.each([
    [box("ftypisom\0\0\x02\0isomavc1"), "video/mp4"],
    [box("ftypqt  \0\0\x02\0qt  "), "video/quicktime"],
    [box("ftypheic\0\0\0\0mif1heic"), null],
    [box("ftypavif\0\0\0\0avifmif1"), null],
    [Buffer.from("\x1aE\xdf\xa3\x01\0\0\0\0\0\0\x1fB\x86\x81\x01B\x82\x84webm".padEnd(64, "\0"), "latin1"), "video/webm"],
    [Buffer.from("#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n".padEnd(64)), null],
    [Buffer.from("RIFF\0\0\0\0AVI LIST".padEnd(64, "\0"), "latin1"), null],
  ])("%#", (start, type) => {
    expect(containerOf(start)).toBe(type);
  });
});
