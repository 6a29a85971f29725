"use client";
import { useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { controlClass, Field } from "@/components/ui/field";
import { SelectField } from "@/components/ui/select-field";
import { Calendar } from "./calendar";
import { ownZone, timeText, toInstant, toWall } from "./zoned-time";

const HOUR_MS = 3_600_000;
/** The server says so, too. */
const MINUTE_MS = 60_000;
const YEAR_MS = 365 * 24 * HOUR_MS;

type Props = { value: Date | null; done: string; onDone: (at: Date) => Promise<boolean> | boolean; onClose: () => void };

/** Day, time and zone at which a post is to appear. */
export function ScheduleDialog({ value, done, onDone, onClose }: Props) {
  const [now] = useState(() => Date.now());
  const [zone, setZone] = useState(ownZone);
  const [wall, setWall] = useState(() => toWall(value ?? new Date(Math.ceil((now + HOUR_MS) / (HOUR_MS / 4)) * (HOUR_MS / 4)), ownZone()));
  const [isBusy, setBusy] = useState(false);
  const timeId = useId();
  const at = toInstant(wall.day, wall.time, zone);
  const error = at.getTime() < now + MINUTE_MS ? "Choose a time ahead." : at.getTime() > now + YEAR_MS ? "Choose a time within a year." : null;
  const isElsewhere = zone !== ownZone();

  async function finish() {
    setBusy(true);
    const isDone = await onDone(at);
    setBusy(false);
    if (isDone) onClose();
  }

  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="When should it appear?"
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>Cancel</Button>
          <Button variant="primary" loading={isBusy} disabled={error !== null} onClick={() => void finish()}>{done}</Button>
        </>
      }
    >
      <div className="flex flex-col gap-5">
        <Calendar required selected={wall.day} onSelect={(day) => day && setWall({ ...wall, day })} from={new Date(now)} to={new Date(now + YEAR_MS)} />
        <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
          <Field id={timeId} label="Time" error={error}>
            <input id={timeId} type="time" required value={wall.time} onChange={(event) => event.target.value && setWall({ ...wall, time: event.target.value })} className={controlClass} />
          </Field>
          <SelectField label="Time zone" value={zone} onChange={(event) => setZone(event.target.value)} options={zones().map((name) => ({ value: name, text: name.replaceAll("_", " ") }))} />
        </div>
        <p aria-live="polite" className="text-ui text-muted">
          {`It appears on ${timeText(at, zone)}${isElsewhere ? `, which is ${timeText(at)} for you` : ""}.`}
        </p>
      </div>
    </Dialog>
  );
}

/** One's own zone is among them whatever the browser calls it. */
function zones(): string[] {
  return [...new Set([ownZone(), "UTC", ...Intl.supportedValuesOf("timeZone")])].sort();
}
