"use client";
import { FormMessage } from "@/components/accounts/form-message";
import { useFormState } from "@/components/accounts/use-form-state";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextField } from "@/components/ui/text-field";
import { makeCircle } from "@/lib/graph/circle-actions";
import { MAX_CIRCLE_NAME } from "@/lib/graph/limits";

const FIELDS = ["name"] as const;

export function NewCircle() {
  const { state, submit, form, value, error } = useFormState(makeCircle);
  return (
    <form ref={form} action={submit} className="mt-6 flex flex-col gap-5">
      <div className="flex items-start gap-3">
        <TextField label="A new circle" placeholder="Family, hiking club, …" name="name" dir="auto" autoComplete="off" maxLength={MAX_CIRCLE_NAME} required defaultValue={value("name")} error={error("name")} className="min-w-0 flex-1" />
        <SubmitButton className="mt-6.5 min-h-12 shrink-0">Make circle</SubmitButton>
      </div>
      <FormMessage state={state} fields={FIELDS} />
    </form>
  );
}
