"use client";
import { beginTwoFactor, endTwoFactor, finishTwoFactor, renewCodes } from "@/lib/accounts/security-actions";
import type { TwoFactorView } from "@/lib/accounts/types";
import { SubmitButton } from "@/components/ui/submit-button";
import { CodeField } from "./code-field";
import { FormMessage } from "./form-message";
import { RecoveryCodes } from "./recovery-codes";
import { type Setup, TwoFactorSecret } from "./two-factor-secret";
import { useFormState } from "./use-form-state";

type Props = { username: string; view: TwoFactorView; /** A secret that waits to be confirmed. */ setup: Setup | null };

/** Turns two-step sign-in on and off. One component for all of it, so that the codes stay in sight when it is on. */
export function TwoFactorPanel({ username, view, setup }: Props) {
  const begin = useFormState(beginTwoFactor);
  const finish = useFormState(finishTwoFactor);
  const renew = useFormState(renewCodes);
  const end = useFormState(endTwoFactor);
  const codes = (renew.state.values ?? finish.state.values)?.codes?.split(" ");
  if (view.enabled) {
    return (
      <div className="flex flex-col gap-5">
        <FormMessage state={renew.state.ok === undefined ? finish.state : renew.state} />
        {codes ? <RecoveryCodes codes={codes} username={username} /> : <p className="text-ui">{left(view.recovery_codes_left)}</p>}
        <div className="flex flex-wrap gap-3">
          <form action={renew.submit}><SubmitButton variant="secondary">New recovery codes</SubmitButton></form>
          <form action={end.submit}><SubmitButton variant="danger">Turn off</SubmitButton></form>
        </div>
        <FormMessage state={end.state} />
      </div>
    );
  }
  if (!setup) {
    return (
      <form action={begin.submit} className="flex flex-col items-start gap-5">
        <FormMessage state={end.state.ok && begin.state.ok === undefined ? end.state : begin.state} />
        <SubmitButton>Set up</SubmitButton>
      </form>
    );
  }
  return (
    <form ref={finish.form} action={finish.submit} noValidate className="flex flex-col gap-6">
      <TwoFactorSecret setup={setup} />
      <FormMessage state={finish.state} fields={["code"]} />
      <div className="max-w-sm"><CodeField label="Code that the app shows now" error={finish.error("code")} /></div>
      <SubmitButton className="self-start">Turn on</SubmitButton>
    </form>
  );
}

function left(count: number): string {
  if (count === 0) return "You have used all your recovery codes. Make new ones.";
  return count === 1 ? "One recovery code is left. Make new ones." : `${count} recovery codes are left.`;
}
