"use client";
import { FindPerson } from "@/components/graph/find-person";
import { Dialog } from "@/components/ui/dialog";
import { LinkButton } from "@/components/ui/link-button";

export function ChooseOnlooker({ username, onClose }: { username: string; onClose: () => void }) {
  return (
    <Dialog open onOpenChange={onClose} title="View as" description="See your profile as this person sees it. They are not told.">
      <FindPerson label="Who">
        {(user) => <LinkButton href={`/${username}?as=@${user.username}`} prefetch={false} size="sm" aria-label={`View as ${user.username}`} onClick={onClose}>View as</LinkButton>}
      </FindPerson>
    </Dialog>
  );
}
