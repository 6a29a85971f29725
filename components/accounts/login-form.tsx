"use client";
import { logIn } from "@/lib/accounts/actions";
import { PasswordField } from "@/components/ui/password-field";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextField } from "@/components/ui/text-field";
import { FormMessage } from "./form-message";
import { useFormState } from "./use-form-state";

export function LoginForm({ next }: { next: string }) {
  const { state, submit, form, value, error } = useFormState(logIn);
  return (
    <form ref={form} action={submit} noValidate className="flex flex-col gap-5">
      <FormMessage state={state} fields={["login", "password"]} />
      <input type="hidden" name="next" value={next} />
      <TextField
        label="Username or e-mail"
        name="login"
        required
        autoComplete="username webauthn"
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        defaultValue={value("login")}
        error={error("login")}
      />
      <PasswordField label="Password" name="password" required autoComplete="current-password" error={error("password")} />
      <SubmitButton full size="lg">Log in</SubmitButton>
    </form>
  );
}
