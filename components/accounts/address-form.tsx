"use client";
import { resendVerification, setAddress } from "@/lib/accounts/security-actions";
import type { AddressView } from "@/lib/accounts/types";
import { Badge } from "@/components/ui/badge";
import { PasswordField } from "@/components/ui/password-field";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextField } from "@/components/ui/text-field";
import { Disclosure } from "./disclosure";
import { FormMessage } from "./form-message";
import { useFormState } from "./use-form-state";

/** One's address, whether it is confirmed, and the way to another. */
export function AddressForm({ address: { email, verified, pending } }: { address: AddressView }) {
  const change = useFormState(setAddress);
  const again = useFormState(resendVerification);
  return (
    <div className="flex flex-col gap-5">
      <div className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-2">
        <span className="min-w-0 text-ui font-medium [overflow-wrap:anywhere]">{email}</span>
        {verified ? <Badge>Confirmed</Badge> : <Badge tone="accent">Not confirmed</Badge>}
        {verified ? null : <form action={again.submit}><SubmitButton variant="secondary" size="sm">Send the link again</SubmitButton></form>}
      </div>
      <FormMessage state={again.state} />
      {pending ? <p className="text-ui text-muted">Waiting to be confirmed: <span className="[overflow-wrap:anywhere]">{pending}</span></p> : null}
      <FormMessage state={change.state.ok ? change.state : {}} />
      <Disclosure title="Change my address" open={change.state.ok === false}>
        <form ref={change.form} action={change.submit} noValidate className="flex flex-col gap-5 pb-5">
          <TextField label="New address" name="email" type="email" required autoComplete="email" autoCapitalize="none" defaultValue={change.value("email")} error={change.error("email")} />
          <PasswordField label="Password for this change" name="password" required autoComplete="current-password" error={change.error("password")} />
          <FormMessage state={change.state.ok ? {} : change.state} fields={["email", "password"]} />
          <SubmitButton className="self-start">Change my address</SubmitButton>
        </form>
      </Disclosure>
    </div>
  );
}
