"use client";
import { savePrivacy } from "@/lib/profiles/actions";
import { SubmitButton } from "@/components/ui/submit-button";
import { Switch } from "@/components/ui/switch";
import { FormMessage } from "./form-message";
import { useFormState } from "./use-form-state";

export function PrivacyForm({ isPrivate, waiting }: { isPrivate: boolean; /** Requests that opening the account would accept. */ waiting: number }) {
  const { state, submit, form } = useFormState(savePrivacy);
  const people = waiting === 1 ? "1 person who asks" : `${waiting} people who ask`;
  return (
    <form ref={form} action={submit} className="flex flex-col gap-5">
      <Switch
        // The box is the form's own until it is saved; what is stored then decides again.
        key={String(isPrivate)}
        label="Private account"
        name="is_private"
        defaultChecked={isPrivate}
        hint="Only people you accept see your posts and whom you follow. Whoever follows you now stays."
      />
      {isPrivate && waiting > 0 ? <p className="text-sm text-muted">If you make your account public, {people} to follow you will follow you at once.</p> : null}
      <FormMessage state={state} />
      <SubmitButton className="self-start">Save</SubmitButton>
    </form>
  );
}
