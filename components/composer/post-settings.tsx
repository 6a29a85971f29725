import { AudienceField } from "@/components/circles/audience-field";
import { Switch } from "@/components/ui/switch";
import { TextField } from "@/components/ui/text-field";
import type { CircleView } from "@/lib/graph/types";
import type { Draft } from "./types";

type Settings = Pick<Draft, "place" | "audience" | "circleIds" | "commentsEnabled" | "hideLikes" | "isSensitive" | "repostsEnabled" | "showCamera" | "keepPlace">;
type Props = { draft: Settings; isPrivate: boolean; circles: CircleView[]; onChange: (change: Partial<Settings>) => void };

/** Longest name of a place. */
const MAX_PLACE = 100;

export function PostSettings({ draft, isPrivate, circles, onChange }: Props) {
  return (
    <div className="flex flex-col gap-4">
      <TextField label="Place" placeholder="Where was it?" autoComplete="off" dir="auto" maxLength={MAX_PLACE} value={draft.place} onChange={(event) => onChange({ place: event.target.value })} />
      <AudienceField isPrivate={isPrivate} circles={circles} value={draft} onChange={({ audience, circleIds }) => onChange({ audience, circleIds })} />
      <div className="divide-y border-y">
        <Switch label="Allow comments" checked={draft.commentsEnabled} onChange={(event) => onChange({ commentsEnabled: event.target.checked })} />
        <Switch label="Allow reposts" checked={draft.repostsEnabled ?? true} onChange={(event) => onChange({ repostsEnabled: event.target.checked })} />
        <Switch label="Show camera details" hint="Camera, lens and exposure, as the photos have them." checked={draft.showCamera} onChange={(event) => onChange({ showCamera: event.target.checked })} />
        <Switch label="Keep where they were taken" hint="Only you can see it. Otherwise it is removed." checked={draft.keepPlace} onChange={(event) => onChange({ keepPlace: event.target.checked })} />
        <Switch label="Sensitive" hint="Covered until somebody wants to see it." checked={draft.isSensitive ?? false} onChange={(event) => onChange({ isSensitive: event.target.checked })} />
        <Switch label="Hide like count" hint="Only you see how many people like it." checked={draft.hideLikes} onChange={(event) => onChange({ hideLikes: event.target.checked })} />
      </div>
    </div>
  );
}
