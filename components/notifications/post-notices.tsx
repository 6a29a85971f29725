"use client";
import { useState } from "react";
import { request } from "@/components/interactions/request";
import { useLoaded } from "@/components/interactions/use-loaded";
import { Dialog } from "@/components/ui/dialog";
import { Spinner } from "@/components/ui/spinner";
import { Switch } from "@/components/ui/switch";
import { toast } from "@/components/ui/toast";
import { TryAgain } from "@/components/ui/try-again";

type Props = { postId: string; isOwn: boolean; onClose: () => void };
type Answer = { notifications: boolean };

/** Whether one is told of one post. Asked for when it opens: posts in lists do not carry it. */
export function PostNotices({ postId, isOwn, onClose }: Props) {
  const path = `/api/posts/${postId}/notifications`;
  const { data, problem, again } = useLoaded<Answer>(path);
  const [set, setSet] = useState<boolean | null>(null);
  const on = set ?? data?.notifications ?? true;

  async function choose(wanted: boolean) {
    setSet(wanted);
    const outcome = await request<Answer>(wanted ? "PUT" : "DELETE", path);
    if (outcome.ok) return;
    setSet(!wanted);
    toast.error("That was not changed", { description: outcome.message });
  }

  return (
    <Dialog open onOpenChange={onClose} title="Notifications" size="sm">
      {problem ? <TryAgain problem={problem} onAgain={again} /> : data === null ? <Spinner centred label="Loading" className="p-6 text-2xl text-muted" /> : (
        <Switch
          label="Notifications for this post" checked={on} onChange={(event) => void choose(event.target.checked)}
          hint={isOwn ? "Likes, comments and all else that happens here." : "Replies to your comments here, mentions and all else that concerns you."}
        />
      )}
    </Dialog>
  );
}
