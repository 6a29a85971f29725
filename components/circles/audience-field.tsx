// <AudienceField name="audience" isPrivate={false} circles={circles} value={{ audience, circleIds }} onChange={…} />   Who can see a post.
import Link from "next/link";
import { Checkbox } from "@/components/ui/checkbox";
import { SegmentedControl } from "@/components/ui/segmented";
import type { CircleView } from "@/lib/graph/types";
import type { ChosenAudience } from "./audience-text";

type Props = {
  isPrivate: boolean;
  circles: CircleView[];
  value: ChosenAudience;
  onChange: (value: ChosenAudience) => void;
  error?: string | null;
};

const HINTS = {
  everyone: "Anybody, also without an account.",
  followers: "Only people who follow you.",
  circles: "Only people in the circles you tick. They do not learn which, nor who else.",
} as const;

/** With a private account "everyone" are its followers. */
export function AudienceField({ isPrivate, circles, value, onChange, error }: Props) {
  const { audience, circleIds } = value;
  const shown = isPrivate && audience === "followers" ? "everyone" : audience;
  const options = [
    { value: "everyone" as const, text: isPrivate ? "Followers" : "Everyone" },
    ...(isPrivate ? [] : [{ value: "followers" as const, text: "Followers" }]),
    { value: "circles" as const, text: "Circles" },
  ];
  const tick = (id: string, on: boolean) => {
    // Of those that still exist.
    const kept = circles.filter((circle) => (circle.id === id ? on : circleIds.includes(circle.id)));
    onChange({ audience, circleIds: kept.map((circle) => circle.id) });
  };
  return (
    <div className="flex flex-col gap-1.5">
      <span aria-hidden className="text-sm font-semibold">Who can see it</span>
      <SegmentedControl label="Who can see it" name="audience" className="self-start" options={options} value={shown} onChange={(next) => onChange({ audience: next, circleIds })} />
      <p className="text-sm text-muted">{HINTS[isPrivate && shown === "everyone" ? "followers" : shown]}</p>
      {audience === "circles" ? (
        <fieldset className="mt-1">
          <legend className="sr-only">Which circles</legend>
          {circles.map(({ id, name, member_count }) => (
            <Checkbox key={id} label={name} hint={member_count === 0 ? "Nobody yet" : member_count === 1 ? "1 person" : `${member_count} people`} checked={circleIds.includes(id)} onChange={(event) => tick(id, event.target.checked)} />
          ))}
          <Link href="/settings/circles" prefetch={false} className="text-link inline-flex min-h-11 items-center text-sm">Make and change circles</Link>
        </fieldset>
      ) : null}
      {error ? <p role="alert" className="text-sm text-danger">{error}</p> : null}
    </div>
  );
}
