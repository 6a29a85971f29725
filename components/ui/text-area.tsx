// <TextArea label="Bio" name="bio" maxLength={150} rows={3} />   Grows with its text where the browser can (field-sizing).
import { type ComponentProps, useId } from "react";
import { cn } from "./cn";
import { controlClass, describe, Field, type FieldProps } from "./field";

export function TextArea({ label, hideLabel, hint, error, className, id, rows = 3, ...rest }: ComponentProps<"textarea"> & FieldProps) {
  const made = useId();
  const control = id ?? made;
  return (
    <Field id={control} {...{ label, hideLabel, hint, error, className }}>
      <textarea
        {...rest}
        id={control}
        rows={rows}
        {...describe(control, { hint, error })}
        className={cn(controlClass, "field-sizing-content min-h-24 resize-y py-3")}
      />
    </Field>
  );
}
