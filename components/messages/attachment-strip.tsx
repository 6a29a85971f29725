"use client";
import { useRef } from "react";
import { CloseIcon, FilmIcon, ImageIcon } from "@/components/ui/icons";
import { Spinner } from "@/components/ui/spinner";
import { useObjectUrl } from "@/components/ui/use-object-url";
import type { OutgoingFile } from "./outgoing";

type Props = { files: OutgoingFile[]; /** Files that are being looked at. */ reading: number; onRemove: (key: string) => void; /** The last one was removed, and with it what had the focus. */ onEmpty: () => void };

/** Photos and videos that go with the next message. */
export function AttachmentStrip({ files, reading, onRemove, onEmpty }: Props) {
  const list = useRef<HTMLUListElement>(null);
  if (files.length + reading === 0) return null;

  /** The focus goes on to the one beside it. */
  function remove({ key }: OutgoingFile, at: number) {
    const buttons = list.current?.querySelectorAll("button") ?? [];
    (buttons[at + 1] ?? buttons[at - 1])?.focus();
    onRemove(key);
    if (files.length === 1) onEmpty();
  }

  return (
    <ul ref={list} aria-label="Goes with the message" className="flex gap-2 overflow-x-auto px-3 pt-3">
      {files.map((file, at) => <Attachment key={file.key} file={file} at={at} onRemove={() => remove(file, at)} />)}
      {reading > 0 ? <li className="flex size-18 shrink-0 items-center justify-center rounded-md bg-sunken text-muted"><Spinner label="Reading the file" /></li> : null}
    </ul>
  );
}

function Attachment({ file, at, onRemove }: { file: OutgoingFile; at: number; onRemove: () => void }) {
  const url = useObjectUrl(file.thumb ?? (file.type.startsWith("image/") && file.width > 0 ? file.blob : null));
  const isVideo = file.type.startsWith("video/");
  const name = `${isVideo ? "Video" : "Photo"} ${at + 1}`;
  return (
    <li className="relative size-18 shrink-0 overflow-hidden rounded-md bg-sunken">
      {url ? <img src={url} alt={name} className="size-full object-cover" /> : <span className="flex size-full items-center justify-center text-muted">{isVideo ? <FilmIcon /> : <ImageIcon />}<span className="sr-only">{name}</span></span>}
      <button type="button" aria-label={`Remove ${name.toLowerCase()}`} title="Remove" onClick={onRemove} className="absolute top-0 right-0 flex size-8 items-center justify-center ring-on-photo"><span className="flex size-6 items-center justify-center rounded-full bg-scrim text-white"><CloseIcon className="size-4" /></span></button>
    </li>
  );
}
