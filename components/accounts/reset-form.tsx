"use client";
import { chooseNewPassword } from "@/lib/accounts/sign-in-actions";
import { SubmitButton } from "@/components/ui/submit-button";
import { FormMessage } from "./form-message";
import { NewPassword } from "./new-password";
import { useFormState } from "./use-form-state";

export function ResetForm({ token, username }: { token: string; username: string }) {
  const { state, submit, form, error } = useFormState(chooseNewPassword);
  return (
    <form ref={form} action={submit} noValidate className="flex flex-col gap-5">
      <FormMessage state={state} fields={["new_password"]} />
      <input type="hidden" name="token" value={token} />
      {/* Tells a password manager whose password this is. */}
      <input type="text" name="username" autoComplete="username" defaultValue={username} readOnly hidden />
      <NewPassword error={error("new_password")} />
      <SubmitButton full size="lg">Set new password</SubmitButton>
    </form>
  );
}
