"use client";
import { FormMessage } from "@/components/accounts/form-message";
import { useFormState } from "@/components/accounts/use-form-state";
import { CheckSquare } from "@/components/ui/checkbox";
import { SelectField } from "@/components/ui/select-field";
import { SubmitButton } from "@/components/ui/submit-button";
import { saveChoices } from "@/lib/notifications/actions";
import { type Channel, CHANNELS, isNarrowed, type Topic, TOPICS, wayOf } from "@/lib/notifications/topics";
import type { ChoicesView, TopicChoice } from "@/lib/notifications/types";
import { CHANNEL_TEXT, TOPIC_TEXT } from "./topic-text";

const FROM = [{ value: "everyone", text: "Everyone" }, { value: "followed", text: "People I follow" }] as const;

/** A table of topics and ways to be told of them. */
export function ChoicesForm({ topics }: Pick<ChoicesView, "topics">) {
  const { state, submit, form } = useFormState(saveChoices);
  return (
    <form ref={form} action={submit} className="flex flex-col gap-5" key={JSON.stringify(topics)}>
      <input type="hidden" name="channels" value={CHANNELS.join(",")} />
      <table className="w-full border-y">
        <thead>
          <tr className="border-b text-sm text-muted">
            <th scope="col" className="py-3 text-left font-semibold">About</th>
            {CHANNELS.map((channel) => <th key={channel} scope="col" className="w-14 px-1 py-3 text-center align-bottom leading-tight font-semibold md:w-24">{CHANNEL_TEXT[channel]}</th>)}
          </tr>
        </thead>
        <tbody className="divide-y">
          {TOPICS.map((topic) => <TopicRow key={topic} topic={topic} choice={topics[topic]} />)}
        </tbody>
      </table>
      <FormMessage state={state} />
      <SubmitButton className="self-start">Save</SubmitButton>
    </form>
  );
}

function TopicRow({ topic, choice }: { topic: Topic; choice: TopicChoice }) {
  const { name, hint } = TOPIC_TEXT[topic];
  return (
    <tr>
      <th scope="row" className="py-3 text-left align-top font-normal">
        <span className="block text-ui font-medium">{name}</span>
        <span className="block text-sm text-muted">{hint}</span>
        {isNarrowed(topic) ? (
          <SelectField label={`${name}: from`} hideLabel name={`${topic}.from`} defaultValue={choice.from} options={FROM} className="mt-2 max-w-56" />
        ) : null}
      </th>
      {CHANNELS.map((channel) => <td key={channel} className="px-1 py-1.5 text-center align-top"><Way {...{ topic, channel, choice }} /></td>)}
    </tr>
  );
}

function Way({ topic, channel, choice }: { topic: Topic; channel: Channel; choice: TopicChoice }) {
  const way = wayOf(topic, channel);
  if (way === "never") return <span className="inline-flex size-11 items-center justify-center text-muted"><span aria-hidden="true">–</span><span className="sr-only">Not this way</span></span>;
  return (
    <label htmlFor={`${topic}.${channel}`} className="inline-flex size-11 items-center justify-center">
      <span className="sr-only">{`${TOPIC_TEXT[topic].name}: ${CHANNEL_TEXT[channel]}`}</span>
      <CheckSquare
        id={`${topic}.${channel}`} name={`${topic}.${channel}`}
        {...(way === "always" ? { checked: true, disabled: true, readOnly: true } : { defaultChecked: choice[channel] })}
      />
    </label>
  );
}
