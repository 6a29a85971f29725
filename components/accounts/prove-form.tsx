"use client";
import { passkeyProofOptions, proveByCode, proveByPasskey, proveByPassword } from "@/lib/accounts/security-actions";
import { PasswordField } from "@/components/ui/password-field";
import { SubmitButton } from "@/components/ui/submit-button";
import { CodeField } from "./code-field";
import { Disclosure } from "./disclosure";
import { FormMessage } from "./form-message";
import { PasskeyButton } from "./passkey-button";
import { showPasskey } from "./show-passkey";
import { useFormState } from "./use-form-state";

type Props = { username: string; /** Of the password, where the page asks for others, too. */ label?: string; /** Which ways there are beside the password. */ hasCodes: boolean; hasPasskeys: boolean };

/** Asks once more who is there, before something dangerous. */
export function ProveForm({ username, label = "Your password", hasCodes, hasPasskeys }: Props) {
  const password = useFormState(proveByPassword);
  const code = useFormState(proveByCode);
  return (
    <div className="flex max-w-sm flex-col gap-5">
      <form ref={password.form} action={password.submit} noValidate className="flex flex-col gap-5">
        <input type="text" name="username" autoComplete="username" defaultValue={username} readOnly hidden />
        <FormMessage state={password.state} fields={["password"]} />
        <PasswordField label={label} name="password" required autoComplete="current-password" error={password.error("password")} />
        <SubmitButton className="self-start">Go on</SubmitButton>
      </form>
      {hasPasskeys ? <PasskeyButton run={() => showPasskey(() => passkeyProofOptions({}), (response) => proveByPasskey({ response: response as never }))}>Use a passkey</PasskeyButton> : null}
      {hasCodes ? (
        <Disclosure title="Use a code" open={code.state.ok === false}>
          <form ref={code.form} action={code.submit} noValidate className="flex flex-col gap-5 pb-5">
            <FormMessage state={code.state} fields={["code"]} />
            <CodeField recovery label="Code of your authenticator app" error={code.error("code")} />
            <SubmitButton variant="secondary" className="self-start">Go on with the code</SubmitButton>
          </form>
        </Disclosure>
      ) : null}
    </div>
  );
}
