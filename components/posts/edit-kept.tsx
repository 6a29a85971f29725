import { useLoaded } from "@/components/interactions/use-loaded";
import { Switch } from "@/components/ui/switch";
import { TryAgain } from "@/components/ui/try-again";
import type { ReceiptView } from "@/lib/media/types";
import type { Kept } from "./post-edit";

type Props = { mediaId: string; kept: Kept; onChange: (kept: Kept) => void };

/** Whether readers see a photo's camera, and whether its author keeps where it was taken; nothing of a photo that says neither. */
export function EditKept({ mediaId, kept, onChange }: Props) {
  const { data: receipt, problem, again } = useLoaded<ReceiptView>(`/api/media/${mediaId}/receipt`);
  if (problem) return <TryAgain problem={problem} onAgain={again} />;
  if (receipt?.kind !== "image") return null;
  const { camera, is_shown: isShown, keeps_place: keepsPlace } = receipt.kept;
  const hasPlace = receipt.kept.place !== null || (receipt.removed?.includes("location") ?? false);
  // What is as it was is left out: then nothing is to be saved.
  const set = (what: keyof Kept, value: boolean, was: boolean) => {
    const { [what]: _, ...rest } = kept;
    onChange(value === was ? rest : { ...rest, [what]: value });
  };
  if (!camera && !hasPlace) return null;
  return (
    <div className="divide-y border-y">
      {camera ? <Switch label="Show camera details" hint="Camera, lens and exposure, as the photo has them." checked={kept.show_camera ?? isShown} onChange={(event) => set("show_camera", event.target.checked, isShown)} /> : null}
      {hasPlace ? <Switch label="Keep where it was taken" hint="Only you can see it. Otherwise it is removed." checked={kept.keep_place ?? keepsPlace} onChange={(event) => set("keep_place", event.target.checked, keepsPlace)} /> : null}
    </div>
  );
}
