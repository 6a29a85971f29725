"use client";
import { useState, useSyncExternalStore } from "react";
import { FormMessage } from "@/components/accounts/form-message";
import { useFormState } from "@/components/accounts/use-form-state";
import { ownZone } from "@/components/scheduling/zoned-time";
import { SelectField } from "@/components/ui/select-field";
import { SubmitButton } from "@/components/ui/submit-button";
import { Switch } from "@/components/ui/switch";
import { TextField } from "@/components/ui/text-field";
import { saveQuietHours } from "@/lib/notifications/actions";
import type { ChoicesView } from "@/lib/notifications/types";

type Props = { quiet: ChoicesView["quiet_hours"]; /** Those that the server knows. */ zones: string[] };

const never = () => () => {};

export function QuietForm({ quiet, zones }: Props) {
  const { state, submit, form, value, error } = useFormState(saveQuietHours);
  // The server cannot know where one is.
  const here = useSyncExternalStore(never, ownZone, () => "UTC");
  const [chosen, setChosen] = useState<string | null>(null);
  const known = zones.includes(here) ? zones : [here, ...zones];
  return (
    <form ref={form} action={submit} className="group/quiet flex flex-col gap-5" key={JSON.stringify(quiet)}>
      <div className="border-y">
        <Switch label="Quiet hours" name="quiet" defaultChecked={quiet !== null} hint="The number on the icon still counts." />
      </div>
      <div className="hidden grid-cols-2 gap-4 group-has-[[name=quiet]:checked]/quiet:grid">
        <TextField label="From" name="from" type="time" defaultValue={value("from", quiet?.from ?? "22:00")} error={error("from")} />
        <TextField label="To" name="to" type="time" defaultValue={value("to", quiet?.to ?? "07:00")} error={error("to")} />
        <SelectField
          className="col-span-2" label="Time zone" name="time_zone" value={chosen ?? quiet?.time_zone ?? here} onChange={(event) => setChosen(event.target.value)}
          error={error("time_zone") ?? error("quiet_hours.time_zone")} options={known.map((name) => ({ value: name, text: name.replaceAll("_", " ") }))}
        />
      </div>
      <FormMessage state={state} />
      <SubmitButton className="self-start">Set quiet hours</SubmitButton>
    </form>
  );
}
