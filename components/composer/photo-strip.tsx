import { closestCenter, DndContext, type DragEndEvent, KeyboardSensor, MouseSensor, TouchSensor, useSensor, useSensors } from "@dnd-kit/core";
import { horizontalListSortingStrategy, SortableContext, sortableKeyboardCoordinates } from "@dnd-kit/sortable";
import { useId } from "react";
import { Skeleton } from "@/components/ui/skeleton";
import { MAX_POST_ITEMS } from "@/lib/media/limits";
import type { DraftStore } from "./draft-store";
import { AddTile } from "./file-button";
import { PhotoThumb } from "./photo-thumb";
import type { DraftPhoto } from "./types";

type Props = { photos: DraftPhoto[]; reading: number; chosen: string; onChoose: (key: string) => void; onFiles: (files: File[]) => void; store: DraftStore };

/** Space picks a photo up and puts it down; Enter stays what it is on any button: it chooses the photo. */
const keyboardCodes = { start: ["Space"], cancel: ["Escape"], end: ["Space", "Enter", "Tab"] };
const screenReaderInstructions = { draggable: "Enter shows the photo. To move it, press Space, then the arrow keys, then Space again; Escape puts it back." };

function useSortSensors() {
  return useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 6 } }),
    // A short hold, so that a swipe still scrolls the strip.
    useSensor(TouchSensor, { activationConstraint: { delay: 180, tolerance: 8 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates, keyboardCodes }),
  );
}

/** What a screen reader hears while a photo is moved. */
function announcementsFor(photos: DraftPhoto[]) {
  const place = ({ id }: { id: unknown }) => photos.findIndex((photo) => photo.key === id) + 1;
  return {
    onDragStart: ({ active }: { active: { id: unknown } }) => `Photo ${place(active)} picked up.`,
    onDragOver: ({ over }: { over: { id: unknown } | null }) => (over ? `At place ${place(over)} of ${photos.length}.` : undefined),
    onDragEnd: ({ over }: { over: { id: unknown } | null }) => (over ? `Put down at place ${place(over)} of ${photos.length}.` : "Put back."),
    onDragCancel: () => "Put back.",
  };
}

/** All photos in their order; dragged by mouse and finger, moved by keyboard. */
export function PhotoStrip({ photos, reading, chosen, onChoose, onFiles, store }: Props) {
  const id = useId();
  const sensors = useSortSensors();
  const indexOf = (key: unknown) => photos.findIndex((photo) => photo.key === key);
  const drop = ({ active, over }: DragEndEvent) => over && active.id !== over.id && store.move(indexOf(active.id), indexOf(over.id));
  return (
    <DndContext id={id} sensors={sensors} collisionDetection={closestCenter} onDragEnd={drop} accessibility={{ announcements: announcementsFor(photos), screenReaderInstructions }}>
      <SortableContext items={photos.map(({ key }) => key)} strategy={horizontalListSortingStrategy}>
        <ol aria-label="Order of the photos" className="flex gap-2 overflow-x-auto overscroll-x-contain px-4 pt-1 pb-1 md:px-1">
          {photos.map((photo, index) => (
            <PhotoThumb key={photo.key} photo={photo} index={index} count={photos.length} isChosen={photo.key === chosen} onChoose={() => onChoose(photo.key)} store={store} />
          ))}
          {Array.from({ length: Math.min(reading, MAX_POST_ITEMS - photos.length) }, (_, index) => (
            <li key={index}><Skeleton className="size-22 rounded-md" /></li>
          ))}
          {photos.length < MAX_POST_ITEMS && reading === 0 ? <li><AddTile onFiles={onFiles} /></li> : null}
        </ol>
      </SortableContext>
    </DndContext>
  );
}
