"use client";
import { useEffect, useRef } from "react";
import { FormMessage } from "@/components/accounts/form-message";
import { useFormState } from "@/components/accounts/use-form-state";
import { Checkbox } from "@/components/ui/checkbox";
import { SelectField } from "@/components/ui/select-field";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextField } from "@/components/ui/text-field";
import { addHiddenWord } from "@/lib/privacy/actions";

const LASTS = [{ value: "always", text: "Always" }, { value: "day", text: "For a day" }, { value: "week", text: "For a week" }, { value: "month", text: "For a month" }];

export function HiddenWordForm() {
  const { state, submit, form, value, error } = useFormState(addHiddenWord);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (state.ok) field.current?.focus();
  }, [state]);
  return (
    <form ref={form} action={submit} className="flex flex-col gap-4">
      <div className="grid gap-4 sm:grid-cols-[1fr_11rem]">
        <TextField ref={field} label="Word or phrase" name="phrase" dir="auto" autoComplete="off" maxLength={100} defaultValue={value("phrase")} error={error("phrase")} />
        <SelectField label="How long" name="lasts" options={LASTS} defaultValue={value("lasts", "always")} error={error("lasts")} />
      </div>
      <fieldset>
        <legend className="text-sm font-semibold">Where</legend>
        <div className="flex flex-wrap gap-x-6">
          <Checkbox label="Comments" name="in_comments" defaultChecked />
          <Checkbox label="Messages" name="in_messages" defaultChecked />
          <Checkbox label="Captions of posts" name="in_posts" />
        </div>
        {error("in_comments") ? <p className="text-sm text-danger">{error("in_comments")}</p> : null}
      </fieldset>
      <FormMessage state={state} fields={["phrase", "in_comments", "lasts"]} />
      <SubmitButton className="self-start">Hide this word</SubmitButton>
    </form>
  );
}
