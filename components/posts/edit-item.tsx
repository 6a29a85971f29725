import { useId, useState } from "react";
import { AltField } from "@/components/composer/alt-field";
import { PhotoPlace } from "@/components/composer/photo-place";
import { later } from "@/components/interactions/later";
import { Button, buttonClass } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { ImageIcon, TagPersonIcon, TrashIcon } from "@/components/ui/icons";
import { Notice } from "@/components/ui/notice";
import { PHOTO_TYPES, VIDEO_TYPES } from "@/lib/media/limits";
import { EditKept } from "./edit-kept";
import type { EditItem } from "./post-edit";

const TagEditor = later(() => import("@/components/people/tag-editor").then((m) => m.TagEditor));

type Props = {
  items: EditItem[];
  index: number;
  onChange: (part: Partial<Pick<EditItem, "alt" | "tags" | "kept">>) => void;
  onMove: (to: number) => void;
  onReplace: (file: File) => void;
  /** Keeps the photo that is there. */
  onDrop: () => void;
  onRemove: () => void;
};

/** One photo of a post that is being edited: its place, its words, another file instead of it, or its end. */
export function EditItemPart({ items, index, onChange, onMove, onReplace, onDrop, onRemove }: Props) {
  const item = items[index]!;
  const count = items.length;
  const name = item.type === "video" ? "video" : "photo";
  const { replacement } = item;
  const [isTagging, setTagging] = useState(false);
  return (
    <section aria-label={count > 1 ? `Photo ${index + 1}` : "Photo"} className="flex flex-col gap-4">
      {count > 1 ? <PhotoPlace name={name} index={index} count={count} onMove={onMove} /> : null}
      {replacement?.state === "failed" ? <Notice role="alert" tone="danger" title="The new file was not taken">{replacement.reason}</Notice> : null}
      <div className="flex flex-wrap gap-2">
        {replacement && replacement.state !== "failed" ? (
          <>
            <p role="status" className="flex min-h-11 items-center text-ui text-muted">{replacement.state === "sending" ? `Sending the new file… ${Math.round(replacement.progress * 100)} %` : `Replaced when you save. The earlier one stays to be seen under “Edited”.${item.tags.length > 0 && replacement.type === "image" ? " Who is tagged stays tagged." : ""}`}</p>
            <Button size="sm" onClick={onDrop}>Keep the old one</Button>
          </>
        ) : (
          <ReplaceButton onFile={onReplace}>{`Replace this ${name}`}</ReplaceButton>
        )}
        {item.type === "image" && replacement === null ? <Button size="sm" icon={<TagPersonIcon className="size-5" />} onClick={() => setTagging(true)}>{item.tags.length > 0 ? `${item.tags.length} tagged` : "Tag people"}</Button> : null}
        {count > 1 ? <Button variant="ghost" size="sm" icon={<TrashIcon className="size-5" />} onClick={onRemove}>{`Remove this ${name}`}</Button> : null}
      </div>
      {isTagging ? <TagEditor gaveUp={() => setTagging(false)} people={item.tags} picture={<img src={item.large} alt="" draggable={false} className="size-full" />} ratio={item.ratio} onDone={(tags) => onChange({ tags })} onClose={() => setTagging(false)} /> : null}
      <AltField name={name} label={count > 1 ? `Alt text of ${name} ${index + 1}` : "Alt text"} value={item.alt} onChange={(alt) => onChange({ alt })} />
      {item.type === "image" && replacement === null ? <EditKept mediaId={item.id} kept={item.kept} onChange={(kept) => onChange({ kept })} /> : null}
    </section>
  );
}

function ReplaceButton({ onFile, children }: { onFile: (file: File) => void; children: string }) {
  const id = useId();
  return (
    <label htmlFor={id} className={cn(buttonClass({ size: "sm" }), "relative has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent")}>
      <ImageIcon className="size-5" />
      {children}
      <input
        id={id}
        type="file"
        accept={[...PHOTO_TYPES, "image/*", ...VIDEO_TYPES, "video/*", ".mkv"].join(",")}
        aria-label={children}
        className="sr-only"
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          event.target.value = "";
          if (file) onFile(file);
        }}
      />
    </label>
  );
}
