"use client";
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { request } from "@/components/interactions/request";
import { Button } from "@/components/ui/button";
import { TextField } from "@/components/ui/text-field";
import type { CollectionView } from "@/lib/interactions/types";
import { randomKey } from "@/lib/platform/random-key";

type Props = {
  /** To be renamed; without, one is made. */
  collection?: { id: string; name: string };
  /** The first post of a new one. */
  postId?: string;
  submit: string;
  onDone: (collection: CollectionView, at: number) => void;
  /** Whether a name was typed that would be lost. */
  onWords: (are: boolean) => void;
  children?: ReactNode;
};

/** Names a new collection, or one that is there. */
export function CollectionName({ collection, postId, submit, onDone, onWords, children }: Props) {
  const [name, setName] = useState(collection?.name ?? "");
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  // Of an attempt whose answer was lost, the next one gets the same collection.
  const [key] = useState(randomKey);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);

  function type(text: string) {
    setName(text);
    setError(null);
    onWords(text.trim() !== "" && text !== collection?.name);
  }

  async function send(event: FormEvent) {
    event.preventDefault();
    if (busy) return;
    if (name.trim() === "") return setError("Give it a name.");
    setBusy(true);
    const outcome = collection
      ? await request<CollectionView>("PATCH", `/api/collections/${collection.id}`, { body: { name } })
      : await request<CollectionView>("POST", "/api/collections", { body: { name, post_id: postId }, key });
    setBusy(false);
    if (!outcome.ok) return setError(outcome.fields?.name ?? outcome.message);
    onDone(outcome.data, outcome.at);
  }

  return (
    <form onSubmit={(event) => void send(event)} noValidate>
      <TextField ref={field} label="Name" dir="auto" maxLength={50} autoComplete="off" value={name} error={error} onChange={(event) => type(event.target.value)} />
      <div className="mt-5 flex justify-end gap-3">
        {children}
        <Button type="submit" variant="primary" loading={busy}>{submit}</Button>
      </div>
    </form>
  );
}
