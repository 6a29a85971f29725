"use client";
import { FormMessage } from "@/components/accounts/form-message";
import { useFormState } from "@/components/accounts/use-form-state";
import { SegmentedControl } from "@/components/ui/segmented";
import { SubmitButton } from "@/components/ui/submit-button";
import { Switch } from "@/components/ui/switch";
import { saveShown } from "@/lib/privacy/actions";
import type { PrivacyView } from "@/lib/privacy/types";

export function ShownForm({ sensitive, hidesLikeCounts }: { sensitive: PrivacyView["sensitive"]; hidesLikeCounts: boolean }) {
  const { state, submit, form } = useFormState(saveShown);
  return (
    <form ref={form} action={submit} className="flex flex-col gap-5" key={`${sensitive} ${hidesLikeCounts}`}>
      <div className="flex flex-col gap-1.5">
        <span aria-hidden className="text-sm font-semibold">Posts marked as sensitive</span>
        <SegmentedControl label="Posts marked as sensitive" name="sensitive" className="self-start" options={[{ value: "cover", text: "Cover" }, { value: "show", text: "Show" }, { value: "hide", text: "Hide" }]} defaultValue={sensitive} />
        <p className="text-sm text-muted">Covered ones ask before they show. Hidden ones stay out of For you, Explore, tags and places.</p>
      </div>
      <div className="border-y"><Switch label="Hide like counts" name="hides_like_counts" defaultChecked={hidesLikeCounts} hint="You see no numbers of likes but those of your own posts and comments." /></div>
      <FormMessage state={state} />
      <SubmitButton className="self-start">Save</SubmitButton>
    </form>
  );
}
