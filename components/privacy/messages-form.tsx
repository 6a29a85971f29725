"use client";
import { FormMessage } from "@/components/accounts/form-message";
import { useFormState } from "@/components/accounts/use-form-state";
import { SelectField } from "@/components/ui/select-field";
import { SubmitButton } from "@/components/ui/submit-button";
import { Switch } from "@/components/ui/switch";
import { saveMessages } from "@/lib/privacy/actions";
import type { PrivacyView } from "@/lib/privacy/types";
import { WHO } from "./who";

type Props = { settings: Pick<PrivacyView, "messages_from" | "shows_seen"> };

/** Who may write, and what writers learn. */
export function MessagesForm({ settings }: Props) {
  const { state, submit, form, value, error } = useFormState(saveMessages);
  return (
    <form ref={form} action={submit} className="flex flex-col gap-5" key={JSON.stringify(settings)}>
      <SelectField name="messages_from" label="Write to me" hint="Who does not know you comes as a request, which you accept or decline." options={WHO} defaultValue={value("messages_from", settings.messages_from)} error={error("messages_from")} />
      <div className="border-y"><Switch label="Show when I have seen messages" name="shows_seen" defaultChecked={settings.shows_seen} hint="Without it you do not see it of others, either." /></div>
      <FormMessage state={state} fields={["messages_from"]} />
      <SubmitButton className="self-start">Save</SubmitButton>
    </form>
  );
}
