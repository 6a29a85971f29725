"use client";
import { FormMessage } from "@/components/accounts/form-message";
import { useFormState } from "@/components/accounts/use-form-state";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextField } from "@/components/ui/text-field";
import { nameCircle } from "@/lib/graph/circle-actions";
import { MAX_CIRCLE_NAME } from "@/lib/graph/limits";
import type { CircleView } from "@/lib/graph/types";

const FIELDS = ["name"] as const;

export function CircleName({ circle }: { circle: CircleView }) {
  const { state, submit, form, value, error } = useFormState(nameCircle);
  return (
    <form ref={form} action={submit} className="flex flex-col gap-5">
      <input type="hidden" name="circle_id" value={circle.id} />
      <TextField label="Name of the circle" name="name" dir="auto" autoComplete="off" maxLength={MAX_CIRCLE_NAME} required defaultValue={value("name", circle.name)} error={error("name")} />
      <FormMessage state={state} fields={FIELDS} />
      <SubmitButton className="self-start">Save</SubmitButton>
    </form>
  );
}
