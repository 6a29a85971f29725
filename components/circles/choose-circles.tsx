"use client";
import Link from "next/link";
import { intend } from "@/components/interactions/intention";
import { request } from "@/components/interactions/request";
import { useLoaded } from "@/components/interactions/use-loaded";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog } from "@/components/ui/dialog";
import { Spinner } from "@/components/ui/spinner";
import { toast } from "@/components/ui/toast";
import { TryAgain } from "@/components/ui/try-again";
import type { CircleView } from "@/lib/graph/types";

type Props = { user: { id: string; username: string }; onClose: () => void };
type Known = { circles: CircleView[]; with_user?: string[] };

/** In which of one's circles somebody is; each tick holds at once. */
export function ChooseCircles({ user, onClose }: Props) {
  const { data, problem, again, set } = useLoaded<Known>(`/api/circles?user_id=${user.id}`);
  const isIn = new Set(data?.with_user);

  function put(id: string, on: boolean) {
    void intend(`circle:${id}:${user.id}`, { on: isIn.has(id), count: null }, on, {
      send: (target) => request<object>(target ? "PUT" : "DELETE", `/api/circles/${id}/members/${user.id}`),
      show: (next) => set((now) => ({ ...now, with_user: [...(now.with_user ?? []).filter((one) => one !== id), ...(next.on ? [id] : [])] })),
      failed: (message) => toast.error("That was not changed", { description: message }),
    });
  }

  return (
    <Dialog open onOpenChange={onClose} title="Circles" description={`Tick the circles that ${user.username} is in. They are not told.`} size="sm">
      {problem ? <TryAgain problem={problem} onAgain={again} /> : data === null ? <Spinner centred label="Loading your circles" className="p-6 text-2xl text-muted" /> : null}
      {data?.circles.map(({ id, name }) => <Checkbox key={id} label={name} checked={isIn.has(id)} onChange={(event) => put(id, event.target.checked)} />)}
      <Link href="/settings/circles" prefetch={false} className="text-link mt-2 inline-flex min-h-11 items-center text-sm">Make and change circles</Link>
    </Dialog>
  );
}
