"use client";
// <PasswordField label="Password" name="password" autoComplete="new-password" error={…} />   With a button that shows the text.
import { type ComponentProps, useId, useState } from "react";
import { cn } from "./cn";
import { controlClass, describe, Field, type FieldProps } from "./field";
import { IconButton } from "./icon-button";
import { EyeIcon, EyeOffIcon } from "./icons";

export function PasswordField({ label, hideLabel, hint, error, className, id, ...rest }: ComponentProps<"input"> & FieldProps) {
  const made = useId();
  const control = id ?? made;
  const [shown, setShown] = useState(false);
  return (
    <Field id={control} {...{ label, hideLabel, hint, error, className }}>
      <span className="relative block">
        <input
          autoCapitalize="none"
          spellCheck={false}
          {...rest}
          id={control}
          type={shown ? "text" : "password"}
          {...describe(control, { hint, error })}
          className={cn(controlClass, "pr-13")}
        />
        <IconButton
          label={shown ? "Hide password" : "Show password"}
          tone="muted"
          className="absolute top-0.5 right-1"
          onClick={() => setShown(!shown)}
        >
          {shown ? <EyeOffIcon /> : <EyeIcon />}
        </IconButton>
      </span>
    </Field>
  );
}
