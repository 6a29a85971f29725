// The frame of every field: label, hint, error, and the ids that tie them together. Users take text-field, text-area, …
import type { ReactNode } from "react";
import { cn } from "./cn";
import { AlertIcon } from "./icons";

export type FieldProps = {
  label: string;
  /** Hides the label from sight, not from assistive technology. */
  hideLabel?: boolean;
  hint?: ReactNode;
  error?: string | null;
};

export const controlClass = cn(
  "block w-full min-h-12 rounded-md border border-strong bg-surface px-3.5 text-base text-ink transition-colors",
  "placeholder:text-muted hover:border-ink/60 disabled:bg-sunken disabled:text-muted",
  "aria-invalid:border-danger",
);

/** What a control must carry so that its hint and error are read out with it. */
export function describe(id: string, { hint, error }: Pick<FieldProps, "hint" | "error">) {
  const ids = [error ? `${id}-error` : "", hint ? `${id}-hint` : ""].filter(Boolean).join(" ");
  return { "aria-invalid": error ? true : undefined, "aria-describedby": ids || undefined };
}

export function Field({ id, label, hideLabel, hint, error, className, children }: FieldProps & { id: string; className?: string; children: ReactNode }) {
  return (
    <div className={cn("flex flex-col gap-1.5", className)}>
      <label htmlFor={id} className={hideLabel ? "sr-only" : "text-sm font-semibold"}>{label}</label>
      {children}
      {error ? (
        <p id={`${id}-error`} className="flex items-start gap-1.5 text-sm text-danger">
          <AlertIcon className="mt-0.5 size-4 shrink-0" />
          {error}
        </p>
      ) : null}
      {hint ? <p id={`${id}-hint`} className="text-sm text-muted">{hint}</p> : null}
    </div>
  );
}
