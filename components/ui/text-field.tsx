// <TextField label="Username" name="username" error={fields.username} hint="Letters, numbers, dots" prefix="@" />
// Any <input> attribute passes through. Works without JavaScript.
import { type ComponentProps, useId } from "react";
import { cn } from "./cn";
import { controlClass, describe, Field, type FieldProps } from "./field";

type Props = Omit<ComponentProps<"input">, "prefix"> & FieldProps & { /** A sign before the text, as "@". */ prefix?: string };

export function TextField({ label, hideLabel, hint, error, prefix, className, id, ...rest }: Props) {
  const made = useId();
  const control = id ?? made;
  return (
    <Field id={control} {...{ label, hideLabel, hint, error, className }}>
      <span className="relative block">
        {prefix ? <span aria-hidden className="absolute inset-y-0 left-3.5 flex items-center text-base text-muted">{prefix}</span> : null}
        <input {...rest} id={control} {...describe(control, { hint, error })} className={cn(controlClass, prefix && "pl-8")} />
      </span>
    </Field>
  );
}
