"use client";
import { takeBreak } from "@/lib/accounts/actions";
import { PasswordField } from "@/components/ui/password-field";
import { SubmitButton } from "@/components/ui/submit-button";
import { Disclosure } from "./disclosure";
import { FormMessage } from "./form-message";
import { useFormState } from "./use-form-state";

export function BreakForm({ username }: { username: string }) {
  const { state, submit, form, error } = useFormState(takeBreak);
  return (
    <Disclosure title="I want to take a break" open={state.ok === false}>
      <form ref={form} action={submit} noValidate className="flex flex-col gap-5 pb-5">
        <p className="text-ui text-muted">You are signed out everywhere. Nothing is lost: log in whenever you like, and everything is back.</p>
        <input type="text" name="username" autoComplete="username" defaultValue={username} readOnly hidden />
        <PasswordField label="Password for the break" name="password" required autoComplete="current-password" error={error("password")} />
        <FormMessage state={state} fields={["password"]} />
        <SubmitButton variant="secondary" className="self-start">Hide my account</SubmitButton>
      </form>
    </Disclosure>
  );
}
