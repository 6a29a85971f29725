// <Switch label="Private account" hint="Only followers see your posts" name="is_private" defaultChecked onChange={…} />
// A native checkbox with role "switch": works in forms without JavaScript. The whole row is the target.
import { type ComponentProps, useId } from "react";
import { cn } from "./cn";
import type { FieldProps } from "./field";

type Props = Omit<ComponentProps<"input">, "type"> & Pick<FieldProps, "label" | "hint" | "error">;

export function Switch({ label, hint, error, id, className, ...rest }: Props) {
  const made = useId();
  const control = id ?? made;
  return (
    <label htmlFor={control} className={cn("flex min-h-14 items-center justify-between gap-6 py-2", className)}>
      <span>
        <span className="block text-ui font-medium">{label}</span>
        {hint ? <span id={`${control}-hint`} className="block text-sm text-muted">{hint}</span> : null}
        {error ? <span id={`${control}-error`} className="block text-sm text-danger">{error}</span> : null}
      </span>
      <input
        {...rest}
        id={control}
        type="checkbox"
        role="switch"
        aria-label={label}
        aria-describedby={[error ? `${control}-error` : "", hint ? `${control}-hint` : ""].filter(Boolean).join(" ") || undefined}
        className={cn(
          "relative h-7 w-12 shrink-0 appearance-none rounded-full border border-strong bg-sunken transition-colors",
          "before:absolute before:top-1/2 before:left-[3px] before:size-5 before:-translate-y-1/2 before:rounded-full before:bg-strong before:transition-[translate,background-color]",
          "checked:border-accent checked:bg-accent checked:before:translate-x-5 checked:before:bg-on-accent disabled:opacity-50",
        )}
      />
    </label>
  );
}
