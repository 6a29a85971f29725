import { useId, useRef } from "react";
import { Avatar } from "@/components/ui/avatar";
import { cn } from "@/components/ui/cn";
import { controlClass, describe, Field } from "@/components/ui/field";
import { MAX_CAPTION } from "@/lib/media/limits";
import { type Suggestion, useSuggestions } from "./use-suggestions";

type Props = { value: string; onChange: (value: string) => void };

/**
 * The caption; after `#` and `@` tags and people are offered as one types. A text area may not be a combobox, so how many
 * there are is said in a status line.
 */
export function CaptionField({ value, onChange }: Props) {
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const list = useSuggestions(field, value, onChange);
  const left = MAX_CAPTION - [...value].length;
  const error = left < 0 ? `The caption is ${(-left).toLocaleString("en")} characters too long.` : null;
  const hint = left >= 0 && left < 200 ? `${left} characters left` : undefined;
  return (
    <Field id={id} label="Caption" error={error} hint={hint}>
      <div className="relative">
        <textarea
          ref={field}
          id={id}
          rows={5}
          value={value}
          placeholder="Write a caption… #tag a theme, @mention a friend"
          {...describe(id, { error, hint })}
          dir="auto"
          aria-autocomplete="list"
          aria-controls={list.isOpen ? `${id}-list` : undefined}
          aria-activedescendant={list.isOpen ? `${id}-${list.active}` : undefined}
          onChange={(event) => (onChange(event.target.value), list.look())}
          onKeyDown={list.onKeyDown}
          onClick={list.look}
          onBlur={list.close}
          className={cn(controlClass, "field-sizing-content max-h-[50dvh] min-h-32 resize-y py-3")}
        />
        {list.isOpen ? (
          <ul id={`${id}-list`} role="listbox" aria-label="Suggestions" className="absolute inset-x-0 top-full z-20 mt-1 max-h-72 overflow-y-auto rounded-md border bg-surface p-1 shadow-pop">
            {list.items.map((item, index) => (
              <SuggestionRow key={item.insert} id={`${id}-${index}`} item={item} isActive={index === list.active} onChoose={() => list.choose(item)} />
            ))}
          </ul>
        ) : null}
        <p role="status" className="sr-only">{list.isOpen ? `${list.items.length} suggestions. Arrow keys choose, Enter takes.` : ""}</p>
      </div>
    </Field>
  );
}

function SuggestionRow({ id, item, isActive, onChoose }: { id: string; item: Suggestion; isActive: boolean; onChoose: () => void }) {
  return (
    <li
      id={id}
      role="option"
      aria-selected={isActive}
      // Before the text area loses the focus.
      onPointerDown={(event) => (event.preventDefault(), onChoose())}
      className={cn("flex min-h-11 cursor-pointer items-center gap-3 rounded-sm px-3 py-1.5", isActive && "bg-sunken")}
    >
      {item.person ? <Avatar src={item.person.avatar_url} name={item.person.full_name || item.person.username} size="sm" /> : null}
      <span className="min-w-0">
        <span className="block truncate text-ui font-semibold">{item.title}</span>
        {item.detail ? <span className="block truncate text-sm text-muted">{item.detail}</span> : null}
      </span>
    </li>
  );
}
