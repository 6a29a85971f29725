import { Switch } from "@/components/ui/switch";
import { SegmentedControl } from "@/components/ui/segmented";
import { TextField } from "@/components/ui/text-field";
import type { Draft } from "./types";

type Settings = Pick<Draft, "place" | "audience" | "commentsEnabled" | "hideLikes" | "showCamera" | "keepPlace">;
type Props = { draft: Settings; isPrivate: boolean; onChange: (change: Partial<Settings>) => void };

/** Longest name of a place. */
const MAX_PLACE = 100;

export function PostSettings({ draft, isPrivate, onChange }: Props) {
  return (
    <div className="flex flex-col gap-4">
      <TextField label="Place" placeholder="Where was it?" autoComplete="off" dir="auto" maxLength={MAX_PLACE} value={draft.place} onChange={(event) => onChange({ place: event.target.value })} />
      {isPrivate ? null : (
        <div className="flex flex-col gap-1.5">
          <span aria-hidden className="text-sm font-semibold">Who can see it</span>
          <SegmentedControl
            label="Who can see it"
            name="audience"
            className="self-start"
            options={[{ value: "everyone", text: "Everyone" }, { value: "followers", text: "Followers" }]}
            value={draft.audience}
            onChange={(audience) => onChange({ audience })}
          />
        </div>
      )}
      <div className="divide-y border-y">
        <Switch label="Allow comments" checked={draft.commentsEnabled} onChange={(event) => onChange({ commentsEnabled: event.target.checked })} />
        <Switch label="Show camera details" hint="Camera, lens and exposure, as the photos have them." checked={draft.showCamera} onChange={(event) => onChange({ showCamera: event.target.checked })} />
        <Switch label="Keep where they were taken" hint="Only you can see it. Otherwise it is removed." checked={draft.keepPlace} onChange={(event) => onChange({ keepPlace: event.target.checked })} />
        <Switch label="Hide like count" hint="Only you see how many people like it." checked={draft.hideLikes} onChange={(event) => onChange({ hideLikes: event.target.checked })} />
      </div>
    </div>
  );
}
