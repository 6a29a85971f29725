"use client";
import { signUp } from "@/lib/accounts/actions";
import { FULL_NAME_MAX, USERNAME_MAX } from "@/lib/accounts/limits";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextField } from "@/components/ui/text-field";
import { FormMessage } from "./form-message";
import { NewPassword } from "./new-password";
import { useFormState } from "./use-form-state";

export function SignupForm({ next }: { next: string }) {
  const { state, submit, form, value, error } = useFormState(signUp);
  return (
    <form ref={form} action={submit} noValidate className="flex flex-col gap-5">
      <FormMessage state={state} fields={["email", "full_name", "username", "password"]} />
      <input type="hidden" name="next" value={next} />
      <TextField label="E-mail" name="email" type="email" required autoComplete="email" autoCapitalize="none" defaultValue={value("email")} error={error("email")} />
      <TextField label="Full name" name="full_name" autoComplete="name" maxLength={FULL_NAME_MAX} defaultValue={value("full_name")} error={error("full_name")} />
      <TextField
        label="Username"
        name="username"
        prefix="@"
        required
        autoComplete="username"
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        maxLength={USERNAME_MAX}
        hint="Letters a to z, numbers, dots and underscores."
        defaultValue={value("username")}
        error={error("username")}
      />
      <NewPassword label="Password" name="password" error={error("password")} />
      <SubmitButton full size="lg">Sign up</SubmitButton>
    </form>
  );
}
