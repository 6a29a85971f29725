"use client";
import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef, useState } from "react";
import type { PointedPerson } from "@/components/composer/types";
import { FindPerson } from "@/components/graph/find-person";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { IconButton } from "@/components/ui/icon-button";
import { CloseIcon, PlusIcon } from "@/components/ui/icons";

/** As the server has it. */
const MOST = 20;
/** How far an arrow key moves a name, and with Shift: parts of the photo. */
const [STEP, LEAP] = [0.02, 0.1];

type Point = { x: number; y: number };
type Props = { people: PointedPerson[]; /** The photo, filling its box. */ picture: ReactNode; /** Width by height. */ ratio: number; onDone: (people: PointedPerson[]) => void; onClose: () => void };

const within = (value: number) => Math.min(1, Math.max(0, Math.round(value * 1000) / 1000));

/** Puts names on a photo: a tap chooses the point, names are dragged or moved with the arrow keys. */
export function TagEditor({ people: given, picture, ratio, onDone, onClose }: Props) {
  const [people, setPeople] = useState(given);
  const [point, setPoint] = useState<Point | null>(null);
  const box = useRef<HTMLDivElement>(null);

  const pointOf = (event: { clientX: number; clientY: number }): Point => {
    const { left, top, width, height } = box.current!.getBoundingClientRect();
    return { x: within((event.clientX - left) / width), y: within((event.clientY - top) / height) };
  };
  const move = (username: string, to: Point) => setPeople((now) => now.map((person) => (person.username === username ? { ...person, ...to } : person)));
  const remove = (username: string) => setPeople((now) => now.filter((person) => person.username !== username));
  const tag = (username: string, to: Point) => {
    setPeople((now) => [...now, { username, ...to }]);
    setPoint(null);
  };
  const isFull = people.length >= MOST;

  return (
    <Dialog
      open
      onOpenChange={onClose}
      guard={people !== given}
      size="lg"
      full
      title="Tag people"
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>Cancel</Button>
          <Button variant="primary" onClick={() => (onDone(people), onClose())}>Done</Button>
        </>
      }
    >
      <div className="flex flex-col gap-5">
        <div
          ref={box}
          style={{ aspectRatio: ratio, maxWidth: `calc(46dvh * ${ratio})` }}
          className="relative mx-auto w-full cursor-crosshair overflow-hidden rounded-md bg-sunken select-none"
          onPointerUp={(event) => {
            if (!isFull && !(event.target as Element).closest("button")) setPoint(pointOf(event));
          }}
        >
          {picture}
          {point ? <span aria-hidden style={at(point)} className="pointer-events-none absolute size-4 -translate-1/2 rounded-full border-2 border-white bg-accent shadow-pop" /> : null}
          {people.map((person) => (
            <Name key={person.username} person={person} onMove={(to) => move(person.username, to)} onRemove={() => remove(person.username)} pointOf={pointOf} />
          ))}
        </div>
        {point ? (
          <FindPerson label="Who is here?" takesFocus without={people.map(({ username }) => username)}>
            {({ username }) => <Button size="sm" aria-label={`Tag ${username}`} onClick={() => tag(username, point)}>Tag</Button>}
          </FindPerson>
        ) : (
          <div className="flex flex-wrap items-center justify-between gap-3">
            <p className="text-ui text-muted">{isFull ? "A photo names at most 20 people." : "Tap the photo where somebody is."}</p>
            <Button size="sm" icon={<PlusIcon className="size-5" />} disabled={isFull} onClick={() => setPoint({ x: 0.5, y: 0.5 })}>Add a person</Button>
          </div>
        )}
        {people.length > 0 ? (
          <ul aria-label="People in this photo" className="divide-y border-y">
            {people.map(({ username }) => (
              <li key={username} className="flex min-h-12 items-center justify-between gap-3">
                <span className="min-w-0 truncate text-ui font-medium">{username}</span>
                <IconButton label={`Remove ${username}`} tone="muted" className="-mr-2.5" onClick={() => remove(username)}><CloseIcon /></IconButton>
              </li>
            ))}
          </ul>
        ) : null}
      </div>
    </Dialog>
  );
}

const at = ({ x, y }: Point) => ({ left: `${x * 100}%`, top: `${y * 100}%` });

type NameProps = { person: PointedPerson; onMove: (to: Point) => void; onRemove: () => void; pointOf: (event: PointerEvent) => Point };

function Name({ person, onMove, onRemove, pointOf }: NameProps) {
  function onKeyDown(event: KeyboardEvent) {
    const by = event.shiftKey ? LEAP : STEP;
    const [dx, dy] = { ArrowLeft: [-by, 0], ArrowRight: [by, 0], ArrowUp: [0, -by], ArrowDown: [0, by] }[event.key] ?? [0, 0];
    if (dx !== 0 || dy !== 0) onMove({ x: within(person.x + dx!), y: within(person.y + dy!) });
    else if (event.key === "Delete" || event.key === "Backspace") onRemove();
    else return;
    event.preventDefault();
  }
  return (
    <button
      type="button"
      style={at(person)}
      aria-label={`${person.username}, ${Math.round(person.x * 100)} percent from the left, ${Math.round(person.y * 100)} percent from the top. Arrow keys move, Delete removes.`}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={(event) => event.currentTarget.hasPointerCapture(event.pointerId) && onMove(pointOf(event))}
      className="absolute flex min-h-11 max-w-40 -translate-1/2 cursor-grab touch-none items-center ring-on-photo active:cursor-grabbing"
    >
      <span className="truncate rounded-md bg-scrim px-2.5 py-1 text-sm font-semibold text-white">{person.username}</span>
    </button>
  );
}
