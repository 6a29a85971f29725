"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { CollectionView } from "@/lib/interactions/types";
import { CollectionName } from "./collection-name";

type Props = { title: string; submit: string; collection?: { id: string; name: string }; onClose: () => void; onDone: (collection: CollectionView) => void };

export function NameDialog({ title, submit, collection, onClose, onDone }: Props) {
  const [hasWords, setHasWords] = useState(false);
  return (
    <Dialog open onOpenChange={onClose} guard={hasWords} title={title} size="sm">
      <CollectionName collection={collection} submit={submit} onDone={onDone} onWords={setHasWords}><Button variant="ghost" onClick={onClose}>Cancel</Button></CollectionName>
    </Dialog>
  );
}
