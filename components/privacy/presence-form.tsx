"use client";
import { FormMessage } from "@/components/accounts/form-message";
import { useFormState } from "@/components/accounts/use-form-state";
import { SubmitButton } from "@/components/ui/submit-button";
import { Switch } from "@/components/ui/switch";
import { savePresence } from "@/lib/privacy/actions";

export function PresenceForm({ isIndexed, showsActivity }: { isIndexed: boolean; showsActivity: boolean }) {
  const { state, submit, form } = useFormState(savePresence);
  return (
    <form ref={form} action={submit} className="flex flex-col gap-5" key={`${isIndexed} ${showsActivity}`}>
      <div className="divide-y border-y">
        <Switch label="Let search engines find me" name="is_indexed" defaultChecked={isIndexed} hint="Also shows your photos in previews of links on other sites. Of a private account neither is ever shown." />
        <Switch label="Show when I was active" name="shows_activity" defaultChecked={showsActivity} hint="On your profile, to people you follow, for a week. Without it you do not see it of others, either." />
      </div>
      <FormMessage state={state} />
      <SubmitButton className="self-start">Save</SubmitButton>
    </form>
  );
}
