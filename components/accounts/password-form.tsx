"use client";
import { changePassword } from "@/lib/accounts/actions";
import { PasswordField } from "@/components/ui/password-field";
import { SubmitButton } from "@/components/ui/submit-button";
import { FormMessage } from "./form-message";
import { NewPassword } from "./new-password";
import { useFormState } from "./use-form-state";

export function PasswordForm({ username }: { username: string }) {
  const { state, submit, form, error } = useFormState(changePassword);
  return (
    <form ref={form} action={submit} noValidate className="flex flex-col gap-5">
      {/* Tells a password manager whose password this is. */}
      <input type="text" name="username" autoComplete="username" defaultValue={username} readOnly hidden />
      <PasswordField label="Current password" name="current_password" required autoComplete="current-password" error={error("current_password")} />
      <NewPassword error={error("new_password")} />
      <FormMessage state={state} />
      <SubmitButton className="self-start">Change password</SubmitButton>
    </form>
  );
}
