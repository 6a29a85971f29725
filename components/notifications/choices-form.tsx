"use client";
import { FormMessage } from "@/components/accounts/form-message";
import { useFormState } from "@/components/accounts/use-form-state";
import { CheckSquare } from "@/components/ui/checkbox";
import { SubmitButton } from "@/components/ui/submit-button";
import { saveChoices } from "@/lib/notifications/actions";
import { type Channel, CHANNELS, isNarrowed, type Topic, TOPICS, wayOf } from "@/lib/notifications/topics";
import type { ChoicesView, TopicChoice } from "@/lib/notifications/types";
import { CHANNEL_TEXT, TOPIC_TEXT } from "./topic-text";

/** A table of topics and ways to be told of them. */
export function ChoicesForm({ topics }: Pick<ChoicesView, "topics">) {
  const { state, submit, form } = useFormState(saveChoices);
  const shown = TOPICS.filter((topic) => topic !== "messages");
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
          {shown.map((topic) => <TopicRow key={topic} topic={topic} choice={topics[topic]} />)}
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
          <select
            name={`${topic}.from`} aria-label={`${name}: from`} defaultValue={choice.from}
            className="mt-2 min-h-11 max-w-full rounded-md border border-strong bg-surface px-2.5 text-sm text-ink hover:border-ink/60"
          >
            <option value="everyone">From everyone</option>
            <option value="followed">From people I follow</option>
          </select>
        ) : null}
      </th>
      {CHANNELS.map((channel) => <td key={channel} className="px-1 py-1.5 text-center align-top"><Way {...{ topic, channel, choice }} /></td>)}
    </tr>
  );
}

function Way({ topic, channel, choice }: { topic: Topic; channel: Channel; choice: TopicChoice }) {
  const way = wayOf(topic, channel);
  if (way === "never") return <span className="text-muted"><span aria-hidden="true">–</span><span className="sr-only">Not this way</span></span>;
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
