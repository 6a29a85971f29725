"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { request } from "@/components/interactions/request";
import { Button } from "@/components/ui/button";
import { ConfirmLater } from "@/components/ui/confirm-later";
import { toast } from "@/components/ui/toast";
import type { CircleView } from "@/lib/graph/types";

export function DeleteCircle({ circle: { id, name } }: { circle: CircleView }) {
  const [asking, setAsking] = useState(false);
  const router = useRouter();

  async function remove() {
    const outcome = await request("DELETE", `/api/circles/${id}`);
    // Deleted on another device meanwhile.
    if (!outcome.ok && outcome.code !== "not_found") {
      toast.error("The circle was not deleted", { description: outcome.message });
      return false;
    }
    toast.success("Circle deleted");
    router.replace("/settings/circles");
    router.refresh();
  }

  return (
    <>
      <Button variant="danger" onClick={() => setAsking(true)}>Delete circle</Button>
      {asking ? (
        <ConfirmLater open onOpenChange={setAsking} title={`Delete “${name}”?`} confirm="Delete" danger onConfirm={remove}>
          Its people no longer see what you posted for it. They are not told.
        </ConfirmLater>
      ) : null}
    </>
  );
}
