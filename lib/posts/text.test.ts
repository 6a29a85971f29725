import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { extractText, foldTag, MAX_HASHTAGS, parseTag } from "./text";

const tags = (text: string) => extractText(text).hashtags;
const mentions = (text: string) => extractText(text).mentions;

describe("hashtags", () => {
  it.each([
    ["Morning #light over #Lisbon", ["light", "lisbon"]],
    ["#one#two #ONE", ["one", "two"]],
    ["(#harbour), “#sea”! #sky. #air…", ["harbour", "sea", "sky", "air"]],
    ["#été #Straße #ΑΘΉΝΑ #Čeština", ["été", "straße", "αθήνα", "čeština"]],
    ["#写真 が好き ＃夕焼け。#한국어", ["写真", "夕焼け", "한국어"]],
    ["#नमस्ते #ภาพถ่าย #צילום #تصوير", ["नमस्ते", "ภาพถ่าย", "צילום", "تصوير"]],
    ["#می‌خواهم", ["میخواهم"]],
    ["#ｆｕｌｌｗｉｄｔｈ", ["fullwidth"]],
    ["#cafe\u0301", ["café"]],
    ["#🌅 #sun🌅set #👩‍🚀 #❤️ #🌅\uFE0F", ["🌅", "sun🌅set", "👩‍🚀", "❤️"]],
    ["🌅#sunset\u200b#next", ["sunset", "next"]],
    ["#snake_case #2024goals", ["snake_case", "2024goals"]],
    ["\u202e#rtl\u202c", ["rtl"]],
    ["line\n#newline", ["newline"]],
    ["#dash-ed #dot.ted", ["dash", "dot"]],
  ])("finds them in %j", (text, expected) => expect(tags(text)).toEqual(expected));

  it.each(["#", "# space", "#1", "#2024", "#___", "word#tag", "&#39;", "http://a.example/#part", "see https://a.example/x?y=#z ok", "#\u200d", "a/#b", "#-"])("finds none in %j", (text) => expect(tags(text)).toEqual([]));

  it("leaves out what is too long", () => {
    expect(tags(`#${"a".repeat(100)}`)).toHaveLength(1);
    expect(tags(`#${"a".repeat(101)}`)).toEqual([]);
  });

  it("counts thirty of them and leaves the rest as text", () => {
    const { hashtags, segments } = extractText(Array.from({ length: 40 }, (_, i) => `#tag${i}`).join(" "));
    expect(hashtags).toHaveLength(MAX_HASHTAGS);
    expect(segments.filter((s) => s.type === "hashtag")).toHaveLength(MAX_HASHTAGS);
  });

  it("takes a tag with or without its sign, and nothing else", () => {
    expect([parseTag("Sea"), parseTag("#Sea"), parseTag("sea side"), parseTag(""), parseTag("#"), parseTag("12"), parseTag("@sea")]).toEqual(["sea", "sea", null, null, null, null, null]);
  });

  it("folds once and for all", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => foldTag(foldTag(text)) === foldTag(text)));
  });
});

describe("mentions", () => {
  it.each([
    ["with @Ada and @bob_1.", ["ada", "bob_1"]],
    ["(@ada) @ada.lovelace!", ["ada", "ada.lovelace"]],
    ["こんにちは@adaさん ＠bob", ["ada", "bob"]],
    ["@ada, @ada: @ada…", ["ada"]],
    ["#tag @ada's", ["ada"]],
    ["@ada... @ada..bob", ["ada"]],
    ["\u200f@ada\u200f", ["ada"]],
  ])("finds them in %j", (text, expected) => expect(mentions(text)).toEqual(expected));

  it.each(["ada@mail.example", "x+y@mail.example", "@ada@social.example", "@", "@@ada", "@.", "a@b", "é@ada", "@adaé", `@${"a".repeat(31)}`, "https://a.example/@ada", "@\u212Aelvin"])(
    "finds none in %j",
    (text) => expect(mentions(text)).toEqual([]),
  );
});

describe("links", () => {
  it.each([
    ["see https://a.example/x_(y).", "https://a.example/x_(y)"],
    ["(https://a.example/x)", "https://a.example/x"],
    ["www.a.example/path, ok", "https://www.a.example/path"],
    ["HTTPS://A.example!", "https://a.example/"],
    ["http://a.example?q=1&r=#frag…", "http://a.example/?q=1&r=#frag"],
  ])("finds it in %j", (text, href) => expect(extractText(text).links).toEqual([href]));

  it.each(["javascript:alert(1)", "https://", "http://user@a.example", "xhttps://a.example", "ftp://a.example", "https://nodot"])("makes none of %j", (text) => {
    expect(extractText(text).links).toEqual([]);
  });
});

describe("what is named, whatever stands beside it", () => {
  // Not "/" or "&", which make an address or an entity of what follows, nor an "@" or "." before a name.
  const left = fc.constantFrom("", " ", "\n", "(", "[", "“", "«", "„", "‘", "¿", "—", "…", ",", ":", "\u3000", "。", "「", "、", "🌅", "👩‍🚀", "❤️", "🇩🇪", "\u200b", "\u200e", "\u200f", "\u202b", "\u2067", "\ufeff");
  const right = fc.constantFrom("", " ", "\n", ")", "]", "”", "»", "’", ",", ".", "!", "?", ":", ";", "…", " —", "\u3000", "。", "」", "、", "\u200b", "\u200e", "\u200f", "\u202c", "\u2069", "\ufeff");
  const tag = fc.oneof(fc.stringMatching(/^[a-z][a-z0-9_]{0,8}$/), fc.constantFrom("été", "straße", "αθήνα", "москва", "写真", "夕焼け", "한국어", "नमस्ते", "ภาพถ่าย", "צילום", "تصوير", "🌅", "sun🌅set", "👩‍🚀", "✨2024"));
  const name = fc.stringMatching(/^[a-z0-9_]{1,10}(\.[a-z0-9_]{1,8})?$/);
  const path = fc.stringMatching(/^(\/[a-zA-Z0-9_-]{0,5}[a-z0-9]){0,3}(\?[a-z]=[0-9])?$/);
  const outer = fc.constantFrom("", "plain words ", "これは ", "مرحبا ", "שלום ", "👋 ", "a@b.example ", "1 + 1 = 2 ");

  it("a hashtag in any script is found, folded, and nothing else", () => {
    fc.assert(fc.property(outer, left, tag, right, outer, (before, l, body, r, after) => {
      const { hashtags, segments } = extractText(`${before}${l}#${body}${r} ${after}`);
      expect(hashtags).toEqual([foldTag(body)]);
      expect(segments.find((segment) => segment.type === "hashtag")!.text).toBe(`#${body}`);
    }), { numRuns: 3_000 });
  });

  it("a mention is found, in lower case, and nothing else", () => {
    fc.assert(fc.property(outer, left, name, fc.boolean(), right, outer, (before, l, body, isLoud, r, after) => {
      const written = isLoud ? body.toUpperCase() : body;
      const { mentions: found, segments } = extractText(`${before}${l}@${written}${r} ${after}`);
      expect(found).toEqual([body]);
      expect(segments.find((segment) => segment.type === "mention")!.text).toBe(`@${written}`);
    }), { numRuns: 3_000 });
  });

  it("an address is found without the punctuation and the invisible marks around it", () => {
    fc.assert(fc.property(outer, left, path, right.filter((sign) => !/^[\u200b-\u2069\ufeff]/.test(sign)), outer, (before, l, rest, r, after) => {
      const { links, segments } = extractText(`${before}${l}https://a.example${rest}${r} ${after}`);
      expect(links).toEqual([new URL(`https://a.example${rest}`).href]);
      expect(segments.find((segment) => segment.type === "link")!.text).toBe(`https://a.example${rest}`);
    }), { numRuns: 3_000 });
  });

  it("several beside each other are all found, in their order", () => {
    fc.assert(fc.property(fc.array(fc.tuple(tag, name), { minLength: 1, maxLength: 8 }), fc.constantFrom(" ", ", ", "\n", " · ", "\u200b", "\u3000"), (pairs, between) => {
      const { hashtags, mentions: people } = extractText(pairs.map(([one, who]) => `#${one}${between}@${who}`).join(between));
      expect(hashtags).toEqual([...new Set(pairs.map(([one]) => foldTag(one)))]);
      expect(people).toEqual([...new Set(pairs.map(([, who]) => who))]);
    }));
  });

  it("nothing invisible or from right to left makes a name out of a word or an address", () => {
    const glue = fc.constantFrom("", "\u0301", "e", "7", "_");
    fc.assert(fc.property(fc.stringMatching(/^[a-z]{1,8}$/), glue, name, (word, joint, body) => {
      expect(mentions(`${word}${joint}@${body}`)).toEqual([]);
      expect(tags(`${word}${joint}#${body}x`)).toEqual([]);
      expect(mentions(`https://a.example/${word}/@${body}`)).toEqual([]);
    }));
  });
});

describe("segments", () => {
  const piece = fc.oneof(
    fc.constantFrom("#", "＃", "@", "＠", ".", " ", "\n", "\u200b", "\u200c", "\u200d", "\u202e", "www.", "http://", "https://a.example/", "(", ")", "é", "日本", "नि", "👩‍🚀", "❤️", "\ud800", "-", "_", "&", "1"),
    fc.string({ unit: "binary", maxLength: 4 }),
    fc.stringMatching(/^[a-zA-Z]{1,6}$/),
  );
  const anyText = fc.array(piece, { maxLength: 40 }).map((parts) => parts.join(""));

  it("put together are the text", () => {
    fc.assert(fc.property(anyText, (text) => extractText(text).segments.map((s) => s.text).join("") === text), { numRuns: 5000 });
  });

  it("name exactly what is listed, and links are web links", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { hashtags, mentions: people, links, segments } = extractText(text);
        expect([...new Set(segments.flatMap((s) => (s.type === "hashtag" ? [s.tag] : [])))]).toEqual(hashtags);
        expect([...new Set(segments.flatMap((s) => (s.type === "mention" ? [s.username] : [])))]).toEqual(people);
        for (const link of links) expect(link).toMatch(/^https?:\/\//);
        for (const tag of hashtags) expect(parseTag(tag)).toBe(tag);
        for (const name of people) expect(name).toMatch(/^[a-z0-9_](?:[a-z0-9_.]*[a-z0-9_])?$/);
      }),
      { numRuns: 5000 },
    );
  });

  it("takes time in proportion to the text", () => {
    const started = performance.now();
    for (const bad of ["#".repeat(2200), "@a".repeat(1100), "www.".repeat(550), `http://${")".repeat(2200)}`, "#a\u200c".repeat(700), "@a.".repeat(730)]) extractText(bad);
    expect(performance.now() - started).toBeLessThan(500);
  });
});
