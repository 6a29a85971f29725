"use client";
import { deleteAccount } from "@/lib/accounts/actions";
import { PasswordField } from "@/components/ui/password-field";
import { SubmitButton } from "@/components/ui/submit-button";
import { CodeField } from "./code-field";
import { Disclosure } from "./disclosure";
import { FormMessage } from "./form-message";
import { useFormState } from "./use-form-state";

/** `hasCodes`: two-step sign-in is on. */
export function DeleteAccountForm({ hasCodes }: { hasCodes: boolean }) {
  const { state, submit, form, error } = useFormState(deleteAccount);
  return (
    <Disclosure title="I want to delete my account" open={state.ok === false}>
      <form ref={form} action={submit} noValidate className="flex flex-col gap-5 pb-5">
        <p className="text-ui text-muted">You are signed out everywhere. If you change your mind, log in within 30 days and keep it: everything is back.</p>
        <PasswordField label="Your password" name="password" required autoComplete="current-password" error={error("password")} />
        {hasCodes ? <CodeField recovery label="Code of your authenticator app" error={error("code")} /> : null}
        <FormMessage state={state} />
        <SubmitButton variant="danger" className="self-start">Delete my account</SubmitButton>
      </form>
    </Disclosure>
  );
}
