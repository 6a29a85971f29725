"use client";
import { FormMessage } from "@/components/accounts/form-message";
import { useFormState } from "@/components/accounts/use-form-state";
import { LinkButton } from "@/components/ui/link-button";
import { SubmitButton } from "@/components/ui/submit-button";
import { endDigest } from "@/lib/notifications/delivery/actions";

/** Done by pressing, not by opening: mail programs open links, too. */
export function StopDigest({ token }: { token: string }) {
  const { state, submit, form } = useFormState(endDigest);
  return (
    <form ref={form} action={submit} className="flex flex-col gap-5">
      <FormMessage state={state} fields={[]} />
      <input type="hidden" name="token" value={token} />
      {state.ok ? <LinkButton href="/" variant="primary" size="lg" full>Go on</LinkButton> : <SubmitButton full size="lg">Stop the mails</SubmitButton>}
    </form>
  );
}
