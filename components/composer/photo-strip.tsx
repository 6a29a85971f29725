import { closestCenter, DndContext, type DragEndEvent, KeyboardSensor, MouseSensor, TouchSensor, useSensor, useSensors } from "@dnd-kit/core";
import { horizontalListSortingStrategy, SortableContext, sortableKeyboardCoordinates } from "@dnd-kit/sortable";
import { useId } from "react";
import { MAX_POST_ITEMS } from "@/lib/media/limits";
import type { DraftStore } from "./draft-store";
import { AddTile } from "./file-button";
import { PhotoThumb } from "./photo-thumb";
import type { DraftPhoto } from "./types";

type Props = { photos: DraftPhoto[]; chosen: string; onChoose: (key: string) => void; onFiles: (files: File[]) => void; store: DraftStore };

/** All photos in their order; dragged by mouse and finger, moved by keyboard. */
export function PhotoStrip({ photos, chosen, onChoose, onFiles, store }: Props) {
  const id = useId();
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 6 } }),
    // A short hold, so that a swipe still scrolls the strip.
    useSensor(TouchSensor, { activationConstraint: { delay: 180, tolerance: 8 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  const place = (key: unknown) => photos.findIndex((photo) => photo.key === key) + 1;
  const drop = ({ active, over }: DragEndEvent) => over && active.id !== over.id && store.move(place(active.id) - 1, place(over.id) - 1);
  const announcements = {
    onDragStart: ({ active }: { active: { id: unknown } }) => `Photo ${place(active.id)} picked up.`,
    onDragOver: ({ over }: { over: { id: unknown } | null }) => (over ? `At place ${place(over.id)} of ${photos.length}.` : undefined),
    onDragEnd: ({ over }: { over: { id: unknown } | null }) => (over ? `Put down at place ${place(over.id)} of ${photos.length}.` : "Put back."),
    onDragCancel: () => "Put back.",
  };
  return (
    <DndContext
      id={id}
      sensors={sensors}
      collisionDetection={closestCenter}
      onDragEnd={drop}
      accessibility={{ announcements, screenReaderInstructions: { draggable: "To move the photo, press Space, then the arrow keys, then Space again. Escape puts it back." } }}
    >
      <SortableContext items={photos.map(({ key }) => key)} strategy={horizontalListSortingStrategy}>
        <ol aria-label="Order of the photos" className="flex gap-3 overflow-x-auto px-4 pt-1 pb-3 md:px-1">
          {photos.map((photo, index) => (
            <PhotoThumb key={photo.key} photo={photo} index={index} count={photos.length} isChosen={photo.key === chosen} onChoose={() => onChoose(photo.key)} store={store} />
          ))}
          {photos.length < MAX_POST_ITEMS ? (
            <li>
              <AddTile onFiles={onFiles} />
            </li>
          ) : null}
        </ol>
      </SortableContext>
    </DndContext>
  );
}
