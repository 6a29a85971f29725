"use client";
import { keepAccount, leaveItDeleted } from "@/lib/accounts/sign-in-actions";
import { SubmitButton } from "@/components/ui/submit-button";
import { FormMessage } from "./form-message";
import { useFormState } from "./use-form-state";

export function KeepAccountForm({ next }: { next: string }) {
  const { state, submit, form } = useFormState(keepAccount);
  return (
    <div className="flex flex-col gap-5">
      <form ref={form} action={submit} className="flex flex-col gap-5">
        <FormMessage state={state} />
        <input type="hidden" name="next" value={next} />
        <SubmitButton full size="lg">Keep my account</SubmitButton>
      </form>
      <form action={leaveItDeleted}>
        <SubmitButton full size="lg" variant="secondary">No, let it go</SubmitButton>
      </form>
    </div>
  );
}
