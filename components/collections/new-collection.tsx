"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { later } from "@/components/interactions/later";
import { Button } from "@/components/ui/button";
import { PlusIcon } from "@/components/ui/icons";

const NameDialog = later(() => import("./name-dialog").then((m) => m.NameDialog));

export function NewCollection() {
  const [open, setOpen] = useState(false);
  const router = useRouter();
  const close = () => setOpen(false);
  return (
    <>
      <Button size="sm" icon={<PlusIcon className="size-4" />} aria-haspopup="dialog" onClick={() => setOpen(true)}>New collection</Button>
      {open ? <NameDialog gaveUp={close} title="New collection" submit="Create" onClose={close} onDone={({ id }) => router.push(`/saved/${id}`)} /> : null}
    </>
  );
}
