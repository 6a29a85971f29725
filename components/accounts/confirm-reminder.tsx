"use client";
import { remindLater, resendVerification } from "@/lib/accounts/security-actions";
import { MailIcon } from "@/components/ui/icons";
import { SubmitButton } from "@/components/ui/submit-button";
import { useFormState } from "./use-form-state";

export function ConfirmReminder({ email, goesOut }: { email: string; /** This server sends mail. */ goesOut: boolean }) {
  const again = useFormState(resendVerification);
  const later = useFormState(remindLater);
  return (
    <section aria-labelledby="confirm-address" className="mx-4 mb-5 flex flex-col gap-3 rounded-lg border bg-surface p-4 max-md:mt-4 md:mx-0">
      <div className="flex gap-3">
        <MailIcon className="mt-0.5 size-5 shrink-0 text-accent" />
        <div className="min-w-0">
          <h2 id="confirm-address" className="text-ui font-semibold">Confirm your address</h2>
          <p className="text-sm text-muted [overflow-wrap:anywhere]">
            {goesOut ? `We sent a link to ${email}. It lets you back in if you ever forget your password.` : `This server sends no mail: whoever runs it has the link for ${email}.`}
          </p>
        </div>
      </div>
      <div className="flex flex-wrap items-center gap-3 sm:pl-8">
        <form action={again.submit}><SubmitButton variant="secondary" size="sm">Send again</SubmitButton></form>
        <form action={later.submit}><SubmitButton variant="ghost" size="sm">Later</SubmitButton></form>
        <p role="status" className="text-sm text-success">{again.state.ok ? again.state.message : ""}</p>
        <p role="alert" className="text-sm text-danger">{again.state.ok === false ? again.state.message : ""}</p>
      </div>
    </section>
  );
}
