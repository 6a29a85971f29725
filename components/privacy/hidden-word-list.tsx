"use client";
import { useState } from "react";
import { request } from "@/components/interactions/request";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import type { HiddenWordView } from "@/lib/privacy/types";

const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", timeZone: "UTC" });
const PLACES = { comments: "comments", messages: "messages", posts: "captions" } as const;

const placesOf = (scopes: HiddenWordView["scopes"]): string => scopes.map((scope) => PLACES[scope]).join(", ");

/** The choice that covers what is left of its time. */
function lastingUntil(until: string | null): "always" | "day" | "week" | "month" {
  if (until === null) return "always";
  const days = (Date.parse(until) - Date.now()) / 86_400_000;
  return days <= 1 ? "day" : days <= 7 ? "week" : "month";
}

/** One's words, each with where it counts and how long. Removing can be undone. */
export function HiddenWordList({ words }: { words: HiddenWordView[] }) {
  // By the id under which it was served: a word that is brought back has another one on the server.
  const [changed, setChanged] = useState<Record<string, HiddenWordView | null>>({});
  const shown = words.flatMap((word) => (changed[word.id] === undefined ? [{ key: word.id, word }] : changed[word.id] === null ? [] : [{ key: word.id, word: changed[word.id]! }]));
  if (shown.length === 0) return <p className="text-ui text-muted">You hide no words.</p>;

  async function remove(key: string, word: HiddenWordView) {
    const { id, phrase, scopes, until } = word;
    const set = (to: HiddenWordView | null) => setChanged((before) => ({ ...before, [key]: to }));
    set(null);
    const outcome = await request("DELETE", `/api/me/hidden-words/${id}`);
    if (!outcome.ok) {
      set(word);
      return toast.error("The word is still hidden", { description: outcome.message });
    }
    const undo = async () => {
      const again = await request<HiddenWordView>("POST", "/api/me/hidden-words", { body: { phrase, scopes, lasts: lastingUntil(until) } });
      if (!again.ok) return toast.error("That was not undone", { description: again.message });
      set(again.data);
    };
    toast(`“${phrase}” is no longer hidden`, { duration: 8_000, action: { label: "Undo", onClick: () => void undo() } });
  }

  return (
    <ul className="divide-y border-y">
      {shown.map(({ key, word }) => (
        <li key={key} className="flex min-h-14 items-center gap-3 py-2">
          <span className="min-w-0 flex-1">
            <bdi className="block truncate text-ui font-semibold">{word.phrase}</bdi>
            <span className="block text-sm text-muted">{`In ${placesOf(word.scopes)}${word.until ? `, until ${day.format(new Date(word.until))}` : ""}`}</span>
          </span>
          <Button size="sm" aria-label={`Remove ${word.phrase}`} onClick={() => void remove(key, word)}>Remove</Button>
        </li>
      ))}
    </ul>
  );
}
