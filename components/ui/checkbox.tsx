// <Checkbox label="Allow comments" name="comments_enabled" defaultChecked hint="…" />   A native box: works without JavaScript.
import { type ComponentProps, useId } from "react";
import { cn } from "./cn";
import type { FieldProps } from "./field";
import { CheckIcon } from "./icons";

type Props = Omit<ComponentProps<"input">, "type"> & Pick<FieldProps, "label" | "hint">;

export function Checkbox({ label, hint, id, className, ...rest }: Props) {
  const made = useId();
  const control = id ?? made;
  return (
    <label htmlFor={control} className={cn("flex min-h-11 items-start gap-3 py-2.5 text-ui", className)}>
      <CheckSquare {...rest} id={control} aria-describedby={hint ? `${control}-hint` : undefined} className="mt-0.5" />
      <span>
        {label}
        {hint ? <span id={`${control}-hint`} className="block text-sm text-muted">{hint}</span> : null}
      </span>
    </label>
  );
}

/** The box alone, for a line that is its label. */
export function CheckSquare({ className, ...rest }: Omit<ComponentProps<"input">, "type">) {
  return (
    <span className={cn("relative size-5 shrink-0", className)}>
      <input {...rest} type="checkbox" className="peer absolute inset-0 size-5 appearance-none rounded-[6px] border border-strong bg-surface checked:border-accent checked:bg-accent disabled:opacity-50" />
      <CheckIcon strokeWidth={3} className="pointer-events-none absolute inset-0.5 size-4 text-on-accent opacity-0 peer-checked:opacity-100" />
    </span>
  );
}
