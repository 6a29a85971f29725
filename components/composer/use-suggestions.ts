import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from "react";
import type { UserSummary } from "@/lib/profiles/types";
import type { TagView } from "@/lib/search/types";

/** What can be put in for the word being typed. */
export type Suggestion = { insert: string; title: string; detail: string; person?: UserSummary };

type Word = { start: number; end: number; sign: "#" | "@"; text: string };

const MOST = 6;
const PAUSE_MS = 120;

/** The `#tag` or `@name` that the caret stands in, if any. */
function wordAt(text: string, caret: number): Word | null {
  const found = /(?:^|[\s(])([#@])([\p{L}\p{M}\p{N}_.]{1,40})$/u.exec(text.slice(0, caret));
  if (!found) return null;
  const word = found[2]!;
  return { start: caret - word.length - 1, end: caret, sign: found[1] as "#" | "@", text: word };
}

async function fetchSuggestions({ sign, text }: Word, signal: AbortSignal): Promise<Suggestion[]> {
  const type = sign === "#" ? "tags" : "users";
  const response = await fetch(`/api/search?type=${type}&limit=${MOST}&q=${encodeURIComponent(text)}`, { signal });
  if (!response.ok) return [];
  const found: { tags?: TagView[]; users?: UserSummary[] } = await response.json();
  const posts = (count: number) => `${count.toLocaleString("en")} ${count === 1 ? "post" : "posts"}`;
  if (sign === "#") return (found.tags ?? []).map((tag) => ({ insert: `#${tag.name}`, title: `#${tag.name}`, detail: posts(tag.post_count) }));
  return (found.users ?? []).map((person) => ({ insert: `@${person.username}`, title: person.username, detail: person.full_name, person }));
}

/** Whether a key belongs to an input method. Safari ends the composition before it tells of the Enter that ended it, and says so by 229 alone. */
export const isComposing = ({ nativeEvent }: KeyboardEvent): boolean => nativeEvent.isComposing || nativeEvent.keyCode === 229;

/** Suggestions for a text area: state of the list and the keys that rule it. Without a connection there are none. */
export function useSuggestions(field: RefObject<HTMLTextAreaElement | null>, value: string, onChange: (value: string) => void) {
  const [word, setFound] = useState<Word | null>(null);
  // The same word found again must not ask again.
  const setWord = (found: Word | null) => setFound((now) => (now && found && now.sign === found.sign && now.text === found.text && now.start === found.start ? now : found));
  const [items, setItems] = useState<Suggestion[]>([]);
  const [active, setActive] = useState(0);
  const caretAfter = useRef<number | null>(null);

  useEffect(() => {
    if (!word) return setItems([]);
    const controller = new AbortController();
    const timer = setTimeout(() => {
      fetchSuggestions(word, controller.signal).then((found) => (setItems(found), setActive(0))).catch(() => {});
    }, PAUSE_MS);
    return () => (clearTimeout(timer), controller.abort());
  }, [word]);

  // The caret is set after React has put the new text in.
  useEffect(() => {
    if (caretAfter.current === null) return;
    field.current?.setSelectionRange(caretAfter.current, caretAfter.current);
    caretAfter.current = null;
  }, [value, field]);

  const look = () => {
    const area = field.current;
    setWord(area ? wordAt(area.value, area.selectionStart) : null);
  };
  const close = () => setWord(null);
  const choose = (item: Suggestion) => {
    if (!word) return;
    caretAfter.current = word.start + item.insert.length + 1;
    onChange(`${value.slice(0, word.start)}${item.insert} ${value.slice(word.end).replace(/^ /, "")}`);
    close();
    field.current?.focus();
  };
  const isOpen = word !== null && items.length > 0;
  const onKeyDown = (event: KeyboardEvent) => {
    if (!isOpen || isComposing(event)) return;
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0) setActive((active + step + items.length) % items.length);
    else if (event.key === "Enter" || event.key === "Tab") choose(items[active]!);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  };
  return { isOpen, items, active, look, close, choose, onKeyDown };
}
