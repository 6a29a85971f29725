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

/** One character can have many marks: so many bytes are enough for the longest that people write. */
const MOST_BYTES = 1_500;

/** In one line, by characters as people see them: half an emoji is none. Also no longer than `bytes` in UTF-8. */
export function cutLine(text: string, most: number, bytes = MOST_BYTES): string {
  const line = text.replace(/\s+/g, " ").trim();
  let [count, size] = [0, 0];
  for (const { segment, index } of new Intl.Segmenter("en").segment(line)) {
    size += Buffer.byteLength(segment);
    if (++count > most || size > bytes) return `${line.slice(0, index).trimEnd()}…`;
  }
  return line;
}
