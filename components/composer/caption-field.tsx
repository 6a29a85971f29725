import { useId, useRef } from "react";
import { cn } from "@/components/ui/cn";
import { controlClass, describe, Field } from "@/components/ui/field";
import { MAX_CAPTION } from "@/lib/media/limits";
import { SuggestionList, suggestionProps } from "./suggestion-list";
import { useSuggestions } from "./use-suggestions";

type Props = { value: string; onChange: (value: string) => void };

/** The caption; after `#` and `@` tags and people are offered as one types. */
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
          {...suggestionProps(id, list)}
          dir="auto"
          onChange={(event) => (onChange(event.target.value), list.look())}
          onKeyDown={list.onKeyDown}
          onClick={list.look}
          onBlur={list.close}
          className={cn(controlClass, "field-sizing-content max-h-[50dvh] min-h-32 resize-y py-3")}
        />
        <SuggestionList id={id} list={list} />
      </div>
    </Field>
  );
}
