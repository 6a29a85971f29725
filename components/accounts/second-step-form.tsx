"use client";
import { secondStep } from "@/lib/accounts/sign-in-actions";
import { SubmitButton } from "@/components/ui/submit-button";
import { CodeField } from "./code-field";
import { FormMessage } from "./form-message";
import { useFormState } from "./use-form-state";

export function SecondStepForm({ next }: { next: string }) {
  const { state, submit, form, error } = useFormState(secondStep);
  return (
    <form ref={form} action={submit} noValidate className="flex flex-col gap-5">
      <FormMessage state={state} fields={["code"]} />
      <input type="hidden" name="next" value={next} />
      <CodeField recovery hint="The six digits that your authenticator app shows now, or one of your recovery codes." error={error("code")} />
      <SubmitButton full size="lg">Log in</SubmitButton>
    </form>
  );
}
