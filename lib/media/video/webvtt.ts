/** The text is no WebVTT, or there is nothing in it to show; the words are for whoever chose the file. */
export class CaptionsError extends Error {}

const MAX_CUES = 20_000;
const MAX_CUE_LENGTH = 2_000;
const TIME = String.raw`(?:(\d{1,4}):)?([0-5]\d):([0-5]\d)[.,](\d{3})`;
const TIMING = new RegExp(`^${TIME}[ \\t]+-->[ \\t]+${TIME}(?:[ \\t]+(.*))?$`);
/** Where on the picture a cue stands; nothing else of its settings survives. */
const SETTING = /^(?:line:-?\d{1,3}(?:\.\d+)?%?(?:,(?:start|center|end))?|position:\d{1,3}(?:\.\d+)?%(?:,(?:line-left|center|line-right))?|size:\d{1,3}(?:\.\d+)?%|align:(?:start|center|end|left|right)|vertical:(?:rl|lr))$/;

type Cue = { start: number; end: number; settings: string[]; lines: string[] };

/**
 * Reads subtitles (W3C WebVTT) and writes them anew: cues with their times, places and words, bold, italic, underline and
 * who speaks. Styles, regions, notes and other markup are left out. Throws `CaptionsError`.
 */
export function tidyCaptions(given: string): string {
  const text = given.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n").replace(/\0/g, "\uFFFD");
  if (!/^WEBVTT(?:[ \t\n]|$)/.test(text)) throw new CaptionsError("This is not a WebVTT file: it must begin with WEBVTT.");
  const cues = text.split(/\n{2,}/).slice(1).flatMap((block) => readCue(block) ?? []);
  if (cues.length === 0) throw new CaptionsError("There are no subtitles in this file.");
  if (cues.length > MAX_CUES) throw new CaptionsError(`There are more than ${MAX_CUES.toLocaleString("en")} subtitles in this file.`);
  return `WEBVTT\n\n${cues.sort((a, b) => a.start - b.start).map(writeCue).join("\n\n")}\n`;
}

/** Our own subtitles with every cue `seconds` later. */
export function shiftCaptions(text: string, seconds: number): string {
  return rewritten(text, (cue) => ({ ...cue, start: cue.start + seconds, end: cue.end + seconds }));
}

/** Our own subtitles of a part of the video, counted from its beginning; a cue that is cut shows what is left of it. */
export function cutCaptions(text: string, start: number, end: number): string {
  return rewritten(text, (cue) => (cue.end > start && cue.start < end ? { ...cue, start: Math.max(0, cue.start - start), end: Math.min(cue.end, end) - start } : null));
}

function rewritten(text: string, change: (cue: Cue) => Cue | null): string {
  const cues = text.split(/\n{2,}/).slice(1).flatMap((block) => readCue(block) ?? []).flatMap((cue) => change(cue) ?? []);
  return `${["WEBVTT", ...cues.map(writeCue)].join("\n\n")}\n`;
}

function readCue(block: string): Cue | null {
  const lines = block.split("\n").filter((line) => line.trim() !== "");
  const at = lines.findIndex((line) => line.includes("-->"));
  // Before the times at most one line, the cue's own name.
  const match = at === 0 || at === 1 ? TIMING.exec(lines[at]!.trim()) : null;
  if (!match) return null;
  const [start, end] = [secondsOf(match.slice(1, 5)), secondsOf(match.slice(5, 9))];
  const words = tidyWords(lines.slice(at + 1).join("\n").slice(0, MAX_CUE_LENGTH));
  if (end <= start || words.length === 0) return null;
  return { start, end, settings: (match[9] ?? "").split(/\s+/).filter((one) => SETTING.test(one)), lines: words };
}

const secondsOf = ([hours = "0", minutes, seconds, thousandths]: string[]) => Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds) + Number(thousandths) / 1_000;

/** Lines with the tags we let through, each closed; everything else as plain text. */
function tidyWords(text: string): string[] {
  const open: string[] = [];
  const parts = text.split(/(<\/?[a-z][^<>]*>|<[\d:.]+>)/i).map((part) => {
    if (!part.startsWith("<") || !part.endsWith(">")) return escape(part);
    const [, slash, name = "", speaker = ""] = /^<(\/?)([a-z]+)(?:\.[\w.-]*)?(?:[ \t\n]+([^>]*))?>$/i.exec(part) ?? [];
    const tag = name.toLowerCase();
    if (!["b", "i", "u", "v"].includes(tag)) return "";
    if (slash) return open.at(-1) === tag ? `</${open.pop()}>` : "";
    open.push(tag);
    return tag === "v" ? `<v ${escape(speaker.replace(/\s+/g, " ").trim()) || "?"}>` : `<${tag}>`;
  });
  const closing = open.reverse().map((tag) => `</${tag}>`).join("");
  return `${parts.join("")}${closing}`.split("\n").map((line) => line.trim()).filter((line) => line.replace(/<[^>]*>/g, "") !== "");
}

const escape = (text: string) => text.replace(/&(?!(?:amp|lt|gt|nbsp|lrm|rlm);)/g, "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

function writeCue({ start, end, settings, lines }: Cue): string {
  return [[`${clock(start)} --> ${clock(end)}`, ...settings].join(" "), ...lines].join("\n");
}

function clock(seconds: number): string {
  const ms = Math.round(seconds * 1_000);
  const two = (value: number) => String(Math.floor(value)).padStart(2, "0");
  return `${two(ms / 3_600_000)}:${two((ms / 60_000) % 60)}:${two((ms / 1_000) % 60)}.${String(ms % 1_000).padStart(3, "0")}`;
}
