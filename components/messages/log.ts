// The messages of a conversation as they stand on the screen. Pure; ids are decimal strings that rise in the order in which everybody sees them.
import type { MessageView } from "@/lib/messages/types";
import { compareIds } from "@/lib/platform/compare-ids";

/** The lists as one, each message once and as the second knows it, the oldest first. */
export function merge(known: readonly MessageView[], news: readonly MessageView[]): MessageView[] {
  if (news.length === 0) return [...known];
  const last = known.at(-1);
  // By far the most often: what is new follows what is known.
  if (!last || compareIds(last.id, news[0]!.id) < 0) return [...known, ...news];
  const all = new Map(known.map((message) => [message.id, message]));
  for (const message of news) all.set(message.id, message);
  return [...all.values()].sort((a, b) => compareIds(a.id, b.id));
}

/** What was asked for by ids: as it is now, and without what is not there any more. */
export function patch(known: readonly MessageView[], asked: readonly string[], found: readonly MessageView[]): MessageView[] {
  const now = new Map(found.map((message) => [message.id, message]));
  return known.flatMap((message) => (asked.includes(message.id) ? (now.has(message.id) ? [now.get(message.id)!] : []) : [message]));
}

/** Of what is shown these messages, and those that answer them and say what they said. */
export const withAnswers = (known: readonly MessageView[], ids: readonly string[]): string[] =>
  known.filter(({ id, reply_to: to }) => ids.includes(id) || (to !== null && !to.is_gone && ids.includes(to.id))).map(({ id }) => id);

/** Messages that follow one another so soon stand together, ms; after the longer pause the time is said. */
const TOGETHER_MS = 5 * 60_000;
const PAUSE_MS = 60 * 60_000;

export type Placed<M extends MessageView> = {
  message: M;
  /** Begins and ends a run of one person. */
  isFirst: boolean;
  isLast: boolean;
  /** The time is said above it. */
  hasTime: boolean;
  /** Above it begins what is new. */
  hasDivider: boolean;
};

/** How each message stands to its neighbours. `readId`: up to where the viewer had read when they came, null when there is nothing new. */
export function place<M extends MessageView>(messages: readonly M[], readId: string | null): Placed<M>[] {
  const divided = readId === null ? -1 : messages.findIndex(({ id, is_mine }) => !is_mine && compareIds(id, readId) > 0);
  const breaks = messages.map((message, i) => {
    const before = messages[i - 1];
    const gap = before ? Date.parse(message.created_at) - Date.parse(before.created_at) : Number.POSITIVE_INFINITY;
    const hasTime = gap > PAUSE_MS;
    return { hasTime, isNew: hasTime || i === divided || gap > TOGETHER_MS || before!.sender.id !== message.sender.id || before!.event !== null || message.event !== null };
  });
  return messages.map((message, i) => ({
    message, isFirst: breaks[i]!.isNew, isLast: breaks[i + 1]?.isNew ?? true, hasTime: breaks[i]!.hasTime, hasDivider: i === divided,
  }));
}

const ONLY_EMOJI = new RegExp(String.raw`^(?:\s*\p{RGI_Emoji}\s*){1,3}$`, "v");

/** One to three emoji and nothing else are shown large. */
export const isEmojiOnly = (text: string): boolean => text.length <= 64 && ONLY_EMOJI.test(text);
