"use client";
// Enter sends, Shift and Enter begin a new line. What was typed stays until the server has it; a repeated attempt with the same
// words carries the same key, so that it is written once.
import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from "react";
import { SuggestionList, suggestionProps } from "@/components/composer/suggestion-list";
import { isComposing, useSuggestions } from "@/components/composer/use-suggestions";
import type { Outcome } from "@/components/interactions/request";
import { cn } from "@/components/ui/cn";
import { MAX_COMMENT_LENGTH, newKey } from "./drafts";

type Props = {
  id: string;
  label: string;
  /** What its button says. */
  action?: string;
  initial?: string;
  /** Takes the focus when it appears. */
  focused?: boolean;
  send: (text: string, key: string) => Promise<Outcome<unknown>>;
  onCancel?: () => void;
};

export function CommentForm({ id, label, action = "Post", initial = "", focused, send, onCancel }: Props) {
  const [text, setText] = useState(initial);
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const attempt = useRef<{ text: string; key: string } | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const list = useSuggestions(field, text, setText);
  const left = MAX_COMMENT_LENGTH - [...text].length;
  const ready = text.trim() !== "" && left >= 0 && !busy;

  useEffect(() => {
    if (!focused || !field.current) return;
    field.current.focus();
    field.current.setSelectionRange(initial.length, initial.length);
  }, [focused, initial]);

  async function submit(event?: FormEvent) {
    event?.preventDefault();
    if (!ready) return;
    const content = text.trim();
    if (attempt.current?.text !== content) attempt.current = { text: content, key: newKey() };
    setBusy(true);
    setError(null);
    setText("");
    const outcome = await send(content, attempt.current.key);
    setBusy(false);
    if (outcome.ok) return void (attempt.current = null);
    setText(content);
    setError(outcome.fields?.content ?? outcome.message);
    field.current?.focus();
  }

  function onKeyDown(event: KeyboardEvent) {
    list.onKeyDown(event);
    if (event.defaultPrevented) return event.stopPropagation();
    if (event.key === "Escape" && onCancel) {
      event.stopPropagation();
      onCancel();
    }
    if (event.key !== "Enter" || event.shiftKey || isComposing(event)) return;
    event.preventDefault();
    void submit();
  }

  const note = left < 0 ? `${-left} characters too many` : left <= 200 ? `${left} characters left` : null;
  return (
    <form onSubmit={submit}>
      <div className="relative flex items-end rounded-md border border-strong bg-surface focus-within:outline-2 focus-within:outline-offset-1 focus-within:outline-accent">
        <textarea
          ref={field}
          id={id}
          aria-label={label}
          placeholder={`${label}…`}
          dir="auto"
          rows={1}
          value={text}
          readOnly={busy}
          aria-invalid={error !== null || left < 0 || undefined}
          aria-describedby={error || note ? `${id}-note` : undefined}
          {...suggestionProps(id, list)}
          onChange={(event) => (setText(event.target.value), list.look())}
          onClick={list.look}
          onBlur={list.close}
          onKeyDown={onKeyDown}
          className="field-sizing-content max-h-40 min-h-11 flex-1 resize-none bg-transparent px-3.5 py-2.5 text-base outline-none placeholder:text-muted md:text-ui"
        />
        {onCancel ? <button type="button" onClick={onCancel} className="min-h-11 px-2 text-sm font-semibold text-muted hover:text-ink">Cancel</button> : null}
        <button type="submit" aria-disabled={!ready} className={cn("min-h-11 rounded-md px-3.5 text-sm font-semibold", ready ? "text-accent hover:text-accent-strong" : "text-muted")}>
          {action}
        </button>
        <SuggestionList id={id} list={list} />
      </div>
      <p id={`${id}-note`} role={error ? "alert" : "status"} className={cn("text-sm", error || left < 0 ? "text-danger" : "text-muted", (error || note) && "mt-1.5")}>
        {error ?? note}
      </p>
    </form>
  );
}
