import { closestCenter, DndContext, type DragEndEvent, KeyboardSensor, MouseSensor, TouchSensor, useSensor, useSensors } from "@dnd-kit/core";
import { horizontalListSortingStrategy, SortableContext, sortableKeyboardCoordinates, useSortable } from "@dnd-kit/sortable";
import { CSS } from "@dnd-kit/utilities";
import { useId } from "react";
import { Badge } from "@/components/ui/badge";
import { cn } from "@/components/ui/cn";
import { FilmIcon, PlayIcon } from "@/components/ui/icons";
import type { EditItem } from "./post-edit";

type Props = { items: EditItem[]; chosen: string; onChoose: (id: string) => void; onMove: (from: number, to: number) => void };

const keyboardCodes = { start: ["Space"], cancel: ["Escape"], end: ["Space", "Enter", "Tab"] };
const screenReaderInstructions = { draggable: "Enter chooses the photo. To move it, press Space, then the arrow keys, then Space again; Escape puts it back." };

/** The photos of a post in their order; the first is its cover. */
export function EditStrip({ items, chosen, onChoose, onMove }: Props) {
  const id = useId();
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 6 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 180, tolerance: 8 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates, keyboardCodes }),
  );
  const indexOf = (key: unknown) => items.findIndex((item) => item.id === key);
  const drop = ({ active, over }: DragEndEvent) => over && active.id !== over.id && onMove(indexOf(active.id), indexOf(over.id));
  const place = ({ id: key }: { id: unknown }) => indexOf(key) + 1;
  const announcements = {
    onDragStart: ({ active }: { active: { id: unknown } }) => `Photo ${place(active)} picked up.`,
    onDragOver: ({ over }: { over: { id: unknown } | null }) => (over ? `At place ${place(over)} of ${items.length}.` : undefined),
    onDragEnd: ({ over }: { over: { id: unknown } | null }) => (over ? `Put down at place ${place(over)} of ${items.length}.` : "Put back."),
    onDragCancel: () => "Put back.",
  };
  return (
    <DndContext id={id} sensors={sensors} collisionDetection={closestCenter} onDragEnd={drop} accessibility={{ announcements, screenReaderInstructions }}>
      <SortableContext items={items} strategy={horizontalListSortingStrategy}>
        <ol aria-label="Order of the photos" className="-mx-1 flex gap-2 overflow-x-auto overscroll-x-contain p-1">
          {items.map((item, index) => <StripItem key={item.id} item={item} index={index} count={items.length} isChosen={item.id === chosen} onChoose={() => onChoose(item.id)} />)}
        </ol>
      </SortableContext>
    </DndContext>
  );
}

function StripItem({ item, index, count, isChosen, onChoose }: { item: EditItem; index: number; count: number; isChosen: boolean; onChoose: () => void }) {
  const { attributes, listeners, setNodeRef, transform, transition, isDragging } = useSortable({ id: item.id });
  const { replacement } = item;
  const isNew = replacement !== null && replacement.state !== "failed";
  const type = isNew ? replacement.type : item.type;
  const url = isNew ? replacement.preview : item.url;
  return (
    <li ref={setNodeRef} style={{ transform: CSS.Transform.toString(transform), transition }} className={cn("shrink-0", isDragging && "relative z-10 opacity-80")}>
      <button
        type="button"
        {...attributes}
        {...listeners}
        aria-label={`${type === "video" ? "Video" : "Photo"} ${index + 1} of ${count}${index === 0 && count > 1 ? ", cover" : ""}${isNew ? ", replaced" : ""}`}
        aria-current={isChosen ? "true" : undefined}
        onClick={onChoose}
        className={cn("relative block size-20 touch-pan-x overflow-hidden rounded-md bg-sunken select-none", isChosen && count > 1 && "outline-2 outline-offset-2 outline-accent")}
      >
        {url ? <img src={url} alt="" draggable={false} className="size-full object-cover" /> : <FilmIcon className="mx-auto size-7 text-muted" />}
        {type === "video" ? <PlayIcon className="absolute top-1 left-1 size-5 fill-current text-white drop-shadow-[0_1px_3px_rgb(0_0_0/0.7)]" /> : null}
        {index === 0 && count > 1 ? <Badge className="absolute bottom-1 left-1">Cover</Badge> : null}
        {replacement?.state === "sending" ? (
          <span className="absolute inset-x-2 bottom-2 block h-1.5 overflow-hidden rounded-full bg-black/60">
            <span className="block h-full origin-left bg-white transition-transform" style={{ transform: `scaleX(${replacement.progress})` }} />
          </span>
        ) : null}
      </button>
    </li>
  );
}
