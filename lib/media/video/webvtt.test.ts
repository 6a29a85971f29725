import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CaptionsError, tidyCaptions } from "./webvtt";

const cue = (text: string, timing = "00:01.000 --> 00:02.500") => tidyCaptions(`WEBVTT\n\n${timing}\n${text}\n`).split("\n").slice(2).join("\n");

describe("tidyCaptions", () => {
  test("cues, their places and plain words survive; styles, notes, regions and names don't", () => {
    const given = "\uFEFFWEBVTT - a title\r\n\r\nSTYLE\r\n::cue { background: url(https://evil.example/x) }\r\n\r\nNOTE secret\r\n\r\nREGION\r\nid:fred\r\n\r\nintro\r\n00:01.000 --> 01:02:03.500 line:90% region:fred align:center\r\nHello\r\n<b>world</b>\r\n";
    expect(tidyCaptions(given)).toBe("WEBVTT\n\n00:00:01.000 --> 01:02:03.500 line:90% align:center\nHello\n<b>world</b>\n");
  });
  test("markup that does more than speak is left out", () => {
    expect(cue("<script>alert(1)</script><c.red onclick=x>red</c> <v Ada & Bob>hi</v> <img src=x>")).toBe("00:00:01.000 --> 00:00:02.500\nalert(1)red <v Ada &amp; Bob>hi</v>\n");
    expect(cue("a <i>b <u>c</i>")).toBe("00:00:01.000 --> 00:00:02.500\na <i>b <u>c</u></i>\n");
    expect(cue("1 < 2 & 3 > 2 &amp; &nbsp;.")).toBe("00:00:01.000 --> 00:00:02.500\n1 &lt; 2 &amp; 3 &gt; 2 &amp; &nbsp;.\n");
  });
  test("cues that can't be shown are dropped, the others come in their order", () => {
    expect(tidyCaptions("WEBVTT\n\n00:05.000 --> 00:06.000\nlater\n\n00:03.000 --> 00:02.000\nbackwards\n\n00:01.000 --> 00:02.000\nfirst\n")).toBe("WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nfirst\n\n00:00:05.000 --> 00:00:06.000\nlater\n");
  });
  test.each(["", "1\n00:00:01,000 --> 00:00:02,000\nSubRip\n", "WEBVTT\n", "WEBVTT\n\nNOTE nothing\n", "<html>", "WEBVTTX\n\n00:01.000 --> 00:02.000\nx"])("refuses %j", (text) => {
    expect(() => tidyCaptions(text)).toThrow(CaptionsError);
  });
  test("whatever the words: once tidied, tidying changes nothing, and no strange tag is left", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("<", ">", "/", "b", "v", " ", "&", "amp;", "-->", "\n", "é", "\u2028", "c.x") , maxLength: 60 }), (words) => {
        let once: string;
        try {
          once = tidyCaptions(`WEBVTT\n\n00:01.000 --> 00:02.000\nx ${words}\n`);
        } catch (error) {
          return error instanceof CaptionsError;
        }
        expect(tidyCaptions(once)).toBe(once);
        expect(once.replace(/<\/?(?:b|i|u|v)(?: [^<>]*)?>/g, "").split("\n").filter((line) => !/^\d\d:\d\d:\d\d\.\d{3} --> \d\d:\d\d:\d\d\.\d{3}$/.test(line)).join("\n")).not.toMatch(/[<>]/);
      }),
    );
  });
});
