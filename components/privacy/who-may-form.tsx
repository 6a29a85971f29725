"use client";
import { useState } from "react";
import { FormMessage } from "@/components/accounts/form-message";
import { useFormState } from "@/components/accounts/use-form-state";
import { SelectField } from "@/components/ui/select-field";
import { SubmitButton } from "@/components/ui/submit-button";
import { Switch } from "@/components/ui/switch";
import { TextField } from "@/components/ui/text-field";
import { saveWhoMay } from "@/lib/privacy/actions";
import type { PrivacyView } from "@/lib/privacy/types";
import { WHO } from "./who";

type Settings = Pick<PrivacyView, "comments_from" | "mentions_from" | "tags_from" | "old_follower_days" | "approves_tags" | "allows_reposts">;

const DEEDS = [
  { name: "comments_from", label: "Comment on my posts", hint: undefined },
  { name: "mentions_from", label: "Mention me", hint: "For everybody else your name stays plain text, and you are not told." },
  { name: "tags_from", label: "Tag me in photos", hint: undefined },
] as const;

export function WhoMayForm({ settings }: { settings: Settings }) {
  const { state, submit, form, value, error } = useFormState(saveWhoMay);
  const [chosen, setChosen] = useState<Record<string, string>>({});
  const stored = DEEDS.map(({ name }) => chosen[name] ?? value(name, settings[name]));
  return (
    <form ref={form} action={submit} className="flex flex-col gap-5" key={JSON.stringify(settings)}>
      {DEEDS.map(({ name, label, hint }) => (
        <SelectField key={name} name={name} label={label} hint={hint} options={WHO} defaultValue={value(name, settings[name])} error={error(name)} onChange={(event) => setChosen({ ...chosen, [name]: event.target.value })} />
      ))}
      <TextField
        label="Followers of some time have followed me for" name="old_follower_days" type="number" inputMode="numeric" min={1} max={365} hint="Days, 1 to 365."
        defaultValue={value("old_follower_days", String(settings.old_follower_days))} error={error("old_follower_days")} className={stored.includes("old_followers") ? undefined : "hidden"}
      />
      <div className="divide-y border-y">
        <Switch label="Ask me before I am tagged" name="approves_tags" defaultChecked={settings.approves_tags} hint="A tag is shown once you approve it." />
        <Switch label="Let others repost my posts" name="allows_reposts" defaultChecked={settings.allows_reposts} />
      </div>
      <FormMessage state={state} />
      <SubmitButton className="self-start">Save</SubmitButton>
    </form>
  );
}
