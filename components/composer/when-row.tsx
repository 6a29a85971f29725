import { useState } from "react";
import { later } from "@/components/interactions/later";
import { timeText } from "@/components/scheduling/zoned-time";
import { Button } from "@/components/ui/button";
import { CalendarIcon } from "@/components/ui/icons";

const ScheduleDialog = later(() => import("@/components/scheduling/schedule-dialog").then((m) => m.ScheduleDialog));

type Props = { at: string | null; onChange: (at: string | null) => void };

/** When the post is to appear: at once, or at a time that is chosen. */
export function WhenRow({ at, onChange }: Props) {
  const [isOpen, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1 border-b pb-2">
      <p className="min-w-0">
        <span className="block text-ui font-medium">When</span>
        <span className="block text-sm text-muted">{at === null ? "As soon as it is shared" : timeText(new Date(at))}</span>
      </p>
      <span className="flex gap-1">
        {at === null ? null : <Button size="sm" variant="ghost" onClick={() => onChange(null)}>At once</Button>}
        <Button size="sm" icon={<CalendarIcon className="size-5" />} onClick={() => setOpen(true)}>{at === null ? "Schedule" : "Change"}</Button>
      </span>
      {isOpen ? <ScheduleDialog gaveUp={close} value={at === null ? null : new Date(at)} done="Set the time" onDone={(time) => (onChange(time.toISOString()), true)} onClose={close} /> : null}
    </div>
  );
}
