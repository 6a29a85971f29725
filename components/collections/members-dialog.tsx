"use client";
import { useState } from "react";
import { FindPerson } from "@/components/graph/find-person";
import { PersonLine } from "@/components/graph/person-line";
import { request } from "@/components/interactions/request";
import { useLoaded } from "@/components/interactions/use-loaded";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Loading, PersonSkeleton } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toast";
import { TryAgain } from "@/components/ui/try-again";
import type { MemberView } from "@/lib/interactions/types";
import type { UserSummary } from "@/lib/profiles/types";

type Props = { collectionId: string; isOwner: boolean; onClose: () => void };

/** Whom a collection is shared with; its owner asks more people, and lets some go. */
export function MembersDialog({ collectionId, isOwner, onClose }: Props) {
  const path = `/api/collections/${collectionId}/members`;
  const { data, problem, again, set } = useLoaded<{ members: MemberView[] }>(path);
  const [busy, setBusy] = useState<ReadonlySet<string>>(new Set());

  async function change(user: UserSummary, isIn: boolean) {
    const mark = (on: boolean) => setBusy((now) => new Set(on ? [...now, user.id] : [...now].filter((id) => id !== user.id)));
    mark(true);
    const outcome = await request(isIn ? "PUT" : "DELETE", `${path}/${user.id}`);
    mark(false);
    if (!outcome.ok) return toast.error(isIn ? `${user.username} was not asked` : `${user.username} still shares it`, { description: outcome.message });
    set(({ members }) => ({ members: [...members.filter((one) => one.user.id !== user.id), ...(isIn ? [{ user, state: "invited" as const }] : [])] }));
    if (!isIn) toast(`${user.username} no longer shares it`, { action: { label: "Ask again", onClick: () => void change(user, true) } });
  }

  return (
    <Dialog open onOpenChange={onClose} title={isOwner ? "Share with people" : "Who shares it"} className="md:min-h-96">
      {problem ? <TryAgain problem={problem} onAgain={again} /> : data === null ? <Loading label="Loading people"><PersonSkeleton /><PersonSkeleton /></Loading> : (
        <>
          {isOwner ? (
            <div className="mb-4 border-b pb-4">
              <FindPerson label="Find people" without={data.members.map(({ user }) => user.username)}>
                {(user) => <Button size="sm" variant="primary" loading={busy.has(user.id)} title={`Ask ${user.username} to share it`} onClick={() => void change(user, true)}>Ask</Button>}
              </FindPerson>
            </div>
          ) : null}
          {data.members.length === 0 ? <p className="py-4 text-ui text-muted">{isOwner ? "Nobody yet. Whoever accepts sees its posts, as far as they may see them, and can add and remove some." : "Nobody but its owner."}</p> : null}
          <ul>
            {data.members.map(({ user, state }) => (
              <PersonLine key={user.id} user={user} note={state === "invited" ? "Has not answered yet" : user.full_name}>
                {isOwner ? <Button size="sm" loading={busy.has(user.id)} onClick={() => void change(user, false)} title={`Remove ${user.username}`}>Remove</Button> : null}
              </PersonLine>
            ))}
          </ul>
        </>
      )}
    </Dialog>
  );
}
