// What is said of conversations and messages in words.
import type { MessageView, ThreadEvent, ThreadView, Vanishing } from "@/lib/messages/types";
import type { UserSummary } from "@/lib/profiles/types";

/** A person who is gone, or whom a block hides, has no name of their own: nothing leads to them. */
export const isHere = ({ username }: Pick<UserSummary, "username">): boolean => username !== "";

/** What somebody is called in a line. */
export const handleOf = ({ username, full_name }: Pick<UserSummary, "username" | "full_name">): string => username || full_name;

const nameOf = ({ full_name, username }: UserSummary) => full_name || username;

/** What a conversation is called: a group by its name or its people, a pair by the other. */
export function titleOf({ kind, name, people, member_count }: Pick<ThreadView, "kind" | "name" | "people" | "member_count">): string {
  if (name) return name;
  if (people.length === 0) return kind === "pair" ? "Somebody who is gone" : "Only you";
  if (kind === "pair") return nameOf(people[0]!);
  const shown = people.slice(0, 3).map(handleOf);
  // Oneself is counted, not named.
  const more = member_count - 1 - shown.length;
  return more > 0 ? `${shown.join(", ")} and ${more} more` : shown.join(", ");
}

/** "ada", "ada and bo", "ada, bo and 3 others". `total` may be more than are named. */
export function namesInWords(names: readonly string[], total = names.length): string {
  if (total <= 1 || names.length <= 1) return total > 1 ? `${names[0]} and ${total - 1} ${total === 2 ? "other" : "others"}` : (names[0] ?? "");
  if (total === 2) return `${names[0]} and ${names[1]}`;
  const rest = total - 2;
  return `${names[0]}, ${names[1]} and ${rest === 1 && names[2] ? names[2] : `${rest} ${rest === 1 ? "other" : "others"}`}`;
}

const VANISHING: Record<Vanishing, string> = { off: "Messages stay", seen: "Messages vanish once all have seen them", day: "Messages vanish after 24 hours" };
export const vanishingInWords = (vanishing: Vanishing): string => VANISHING[vanishing];

/** What happened in a group, as a sentence. */
export function eventInWords(event: ThreadEvent, actor: UserSummary, isMine: boolean, selfId: string): string {
  const who = isMine ? "You" : handleOf(actor);
  const whom = "user" in event ? (event.user.id === selfId ? "you" : handleOf(event.user)) : "";
  switch (event.kind) {
    case "created": return `${who} began this group`;
    case "left": return `${who} left`;
    case "joined": return `${who} joined by the link`;
    case "picture": return `${who} changed the picture`;
    case "added": return `${who} added ${whom}`;
    case "removed": return `${who} removed ${whom}`;
    case "admin": return `${who} made ${whom} an admin`;
    case "not_admin": return `${who} took ${whom} from the admins`;
    case "named": return event.name ? `${who} named the group “${event.name}”` : `${who} took the group’s name away`;
    case "vanishing": return event.vanishing === "off" ? `${who} turned vanishing messages off` : `${who} turned vanishing messages on. ${VANISHING[event.vanishing]}.`;
  }
}

/** What a message brings besides words; null when nothing. */
export function contentInWords({ media, voice, shared }: Pick<MessageView, "media" | "voice" | "shared">): string | null {
  if (voice) return "Voice note";
  if (shared) return shared.kind === "post" ? "A post" : "A profile";
  if (media.length === 0) return null;
  const videos = media.filter(({ type }) => type === "video").length;
  if (videos === media.length) return videos === 1 ? "Video" : `${videos} videos`;
  if (videos > 0) return `${media.length} photos and videos`;
  return media.length === 1 ? "Photo" : `${media.length} photos`;
}

/** The line under a conversation in the list. */
export function lastInWords({ kind, last_message: last }: Pick<ThreadView, "kind" | "last_message">, selfId: string): string {
  if (!last) return "No messages yet";
  if (last.event) return eventInWords(last.event, last.sender, last.is_mine, selfId);
  const said = last.is_unsent ? "unsent a message" : last.is_covered ? "A covered message" : (last.text?.trim() || contentInWords(last) || "A message");
  if (last.is_unsent) return `${last.is_mine ? "You" : handleOf(last.sender)} ${said}`;
  return last.is_mine ? `You: ${said}` : kind === "group" ? `${handleOf(last.sender)}: ${said}` : said;
}

/** "0:07", "12:40". */
export const clock = (seconds: number): string => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

const DAY_MS = 86_400_000;

/** "14:03", "Yesterday, 14:03", "Monday, 14:03", "12 November, 14:03". `zone`: "UTC" on the server; without one, the device's own. */
export function momentInWords(iso: string, zone: string | undefined, now = Date.now()): string {
  const at = new Date(iso);
  const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat("en-GB", { ...options, timeZone: zone }).format(at);
  const day = (time: number) => new Intl.DateTimeFormat("en-CA", { timeZone: zone }).format(time);
  const time = format({ hour: "2-digit", minute: "2-digit" });
  const date = day(at.getTime());
  if (date === day(now)) return time;
  if (date === day(now - DAY_MS)) return `Yesterday, ${time}`;
  if (now - at.getTime() < 6 * DAY_MS && now > at.getTime()) return `${format({ weekday: "long" })}, ${time}`;
  const isThisYear = date.slice(0, 4) === day(now).slice(0, 4);
  return `${format({ day: "numeric", month: "long", ...(isThisYear ? {} : { year: "numeric" }) })}, ${time}`;
}
