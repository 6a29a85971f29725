"use client";
import { askForReset } from "@/lib/accounts/sign-in-actions";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextField } from "@/components/ui/text-field";
import { FormMessage } from "./form-message";
import { useFormState } from "./use-form-state";

export function ForgotForm() {
  const { state, submit, form, value, error } = useFormState(askForReset);
  return (
    <form ref={form} action={submit} noValidate className="flex flex-col gap-5">
      <FormMessage state={state} fields={["login"]} />
      <TextField
        label="Username or e-mail"
        name="login"
        required
        autoComplete="username"
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        defaultValue={value("login")}
        error={error("login")}
      />
      <SubmitButton full size="lg">Send me a link</SubmitButton>
    </form>
  );
}
