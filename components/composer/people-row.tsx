import { useState } from "react";
import { EditedPicture } from "@/components/editor/edited-picture";
import { later } from "@/components/interactions/later";
import { Button } from "@/components/ui/button";
import { TagPersonIcon } from "@/components/ui/icons";
import { editedSize } from "@/lib/media/edit/geometry";
import { type DraftPhoto, isShowable, photoEdit, type PointedPerson } from "./types";
import { useObjectUrl } from "@/components/ui/use-object-url";

const TagEditor = later(() => import("@/components/people/tag-editor").then((m) => m.TagEditor));

/** Who stands on the chosen photo, and the way to name them. */
export function PeopleRow({ photo, name, onChange }: { photo: DraftPhoto; name: string; onChange: (tags: PointedPerson[]) => void }) {
  const [isOpen, setOpen] = useState(false);
  const close = () => setOpen(false);
  const tags = photo.tags ?? [];
  if (!isShowable(photo)) return null;
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1 px-4 md:px-0">
      <p className="min-w-0 flex-1 truncate text-sm text-muted">{tags.length === 0 ? "Nobody is tagged" : tags.map(({ username }) => username).join(", ")}</p>
      <Button size="sm" icon={<TagPersonIcon className="size-5" />} onClick={() => setOpen(true)}>{`Tag people in ${name}`}</Button>
      {isOpen ? <Opened photo={photo} tags={tags} onDone={onChange} onClose={close} /> : null}
    </div>
  );
}

function Opened({ photo, tags, onDone, onClose }: { photo: DraftPhoto; tags: PointedPerson[]; onDone: (tags: PointedPerson[]) => void; onClose: () => void }) {
  const url = useObjectUrl(photo.file);
  const edit = photoEdit(photo);
  const { width, height } = edit ? editedSize(photo, edit.geometry) : photo;
  const picture = edit ? <EditedPicture source={photo.file} natural={photo} edit={edit} label="" fit="contain" className="size-full" /> : url ? <img src={url} alt="" draggable={false} className="size-full" /> : null;
  return <TagEditor gaveUp={onClose} people={tags} picture={picture} ratio={width / height} onDone={onDone} onClose={onClose} />;
}
