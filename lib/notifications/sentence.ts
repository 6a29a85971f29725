import type { NotificationView } from "./types";
import { wording } from "./wording";

export const QUOTED = 120;

/** A notification in one plain sentence, as its line on the page says it: for pushes and mails. */
export function sentenceOf(item: NotificationView): string {
  if (item.actors.length === 0) return wording(item);
  return `${namesOf(item)} ${wording(item)}${item.comment ? ` “${cutLine(item.comment.content, QUOTED)}”` : ""}`;
}

/** "ada", "ada and bo", "ada and 12 others". */
function namesOf({ actors, actor_count }: NotificationView): string {
  const shown = actors.slice(0, actor_count > 2 ? 1 : 2).map(({ username }) => username);
  const others = actor_count - shown.length;
  return `${shown.join(" and ")}${others > 0 ? ` and ${others === 1 ? "1 other" : `${others} others`}` : ""}`;
}

/** In one line, by characters as people see them: half an emoji is none. */
export function cutLine(text: string, most: number): string {
  const line = text.replace(/\s+/g, " ").trim();
  const parts = [...new Intl.Segmenter("en").segment(line)];
  return parts.length > most ? `${parts.slice(0, most).map(({ segment }) => segment).join("").trimEnd()}…` : line;
}
