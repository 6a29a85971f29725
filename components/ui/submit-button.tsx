"use client";
// <form action={action}><SubmitButton full>Log in</SubmitButton></form>   Busy while the form's action runs.
import { useFormStatus } from "react-dom";
import { Button, type ButtonProps } from "./button";

export function SubmitButton({ variant = "primary", loading, ...rest }: ButtonProps) {
  const { pending } = useFormStatus();
  return <Button {...rest} type="submit" variant={variant} loading={loading || pending} />;
}
