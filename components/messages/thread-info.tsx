"use client";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { later } from "@/components/interactions/later";
import { request } from "@/components/interactions/request";
import { onLive } from "@/components/live/events";
import { Button } from "@/components/ui/button";
import { IconLink } from "@/components/ui/icon-button";
import { ArrowLeftIcon, BanIcon, FlagIcon, LogOutIcon, TrashIcon } from "@/components/ui/icons";
import { LinkButton } from "@/components/ui/link-button";
import { SegmentedControl } from "@/components/ui/segmented";
import { Switch } from "@/components/ui/switch";
import { toast } from "@/components/ui/toast";
import type { MemberView, ThreadView, Vanishing } from "@/lib/messages/types";
import { DeleteThread } from "./delete-thread";
import { GroupHead } from "./group-head";
import { GroupMembers } from "./group-members";
import { showInInbox } from "./inbox-changes";
import { InviteLink } from "./invite-link";
import { LeaveGroup } from "./leave-group";
import { patchThread, setThreadFlags } from "./thread-acts";
import { isHere, vanishingInWords } from "./wording";

const BlockPerson = later(() => import("@/components/graph/block-person").then((m) => m.BlockPerson));
const ReportThread = later(() => import("./report-thread").then((m) => m.ReportThread));

export type InfoStart = { thread: ThreadView; members: { items: MemberView[]; next: string | null } };

/** What a conversation is, who is in it, and what one sets about it. */
export function ThreadInfo({ start, selfId }: { start: InfoStart; selfId: string }) {
  const router = useRouter();
  const [thread, setThread] = useState(start.thread);
  const [asking, setAsking] = useState<"leave" | "delete" | "block" | "report" | null>(null);
  const close = () => setAsking(null);
  const { id, kind, people, viewer } = thread;
  const isGroup = kind === "group";
  const isAdmin = isGroup && viewer.role === "admin" && viewer.is_member;
  const other = isGroup ? undefined : people.find(isHere);

  useEffect(() => onLive("message", ({ thread_id, what }) => {
    if (thread_id === id && what === "thread") void request<ThreadView>("GET", `/api/direct/${id}`).then((outcome) => outcome.ok && setThread(outcome.data));
  }), [id]);

  function take(now: ThreadView) {
    setThread(now);
    showInInbox(now);
  }

  async function flag(change: { is_muted?: boolean; is_pinned?: boolean }) {
    const before = thread;
    setThread({ ...thread, ...change });
    setThread((await setThreadFlags(before, change)) ?? before);
  }

  async function setVanishing(vanishing: Vanishing) {
    const before = thread;
    setThread({ ...thread, vanishing });
    const outcome = await patchThread(id, { vanishing });
    if (outcome.ok) return take(outcome.data);
    setThread(before);
    toast.error("That was not changed", { description: outcome.message });
  }

  return (
    <section data-whole-screen aria-labelledby="details" className="flex min-h-dvh min-w-0 flex-1 flex-col md:h-dvh md:min-h-0">
      <header className="pad-safe-t sticky top-0 z-10 border-b bg-paper">
        <div className="flex h-15 items-center gap-1 px-1.5">
          <IconLink href={`/direct/${id}`} label="Back"><ArrowLeftIcon /></IconLink>
          <h1 id="details" className="text-lg">Details</h1>
        </div>
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto flex max-w-xl flex-col gap-8 px-4 pt-6 pb-16">
          <GroupHead thread={thread} canChange={isAdmin} onChange={take} />
          {other ? <LinkButton href={`/${other.username}`} prefetch={false} className="self-center">See profile</LinkButton> : null}
          <div className="divide-y border-y">
            <Switch label="Mute" hint="It stays quiet and is not counted as unread." checked={thread.is_muted} onChange={(event) => void flag({ is_muted: event.target.checked })} />
            <Switch label="Pin" hint="It stands first in your list." checked={thread.is_pinned} onChange={(event) => void flag({ is_pinned: event.target.checked })} />
            {viewer.is_member && thread.folder === "inbox" ? (
              <div className="py-3">
                <p className="text-ui font-medium">Vanishing messages</p>
                <p className="mb-2 text-sm text-muted">{vanishingInWords(thread.vanishing)}{isGroup && !isAdmin ? ". Admins can change this." : ". It goes for new ones."}</p>
                {isGroup && !isAdmin ? null : <SegmentedControl label="Vanishing messages" name="vanishing" options={[{ value: "off", text: "Off" }, { value: "seen", text: "After seen" }, { value: "day", text: "24 hours" }]} value={thread.vanishing} onChange={(value) => void setVanishing(value)} />}
              </div>
            ) : null}
          </div>
          {isAdmin ? <InviteLink threadId={id} /> : null}
          {isGroup ? <GroupMembers thread={thread} start={start.members} selfId={selfId} onAdded={() => router.refresh()} /> : null}
          <div className="flex flex-col items-start gap-1">
            {isGroup && viewer.is_member ? <Act icon={<LogOutIcon />} text="Leave group" onPress={() => setAsking("leave")} /> : null}
            {!isGroup || !viewer.is_member ? <Act icon={<TrashIcon />} text="Delete conversation" onPress={() => setAsking("delete")} /> : null}
            <Act icon={<FlagIcon />} text="Report" onPress={() => setAsking("report")} />
            {other ? <Act icon={<BanIcon />} text={`Block ${other.username}`} onPress={() => setAsking("block")} /> : null}
          </div>
        </div>
      </div>
      {asking === "leave" ? <LeaveGroup thread={thread} onClose={close} onDone={(now) => { take(now); router.replace("/direct"); }} /> : null}
      {asking === "delete" ? <DeleteThread thread={thread} onClose={close} onDone={() => router.replace("/direct")} /> : null}
      {asking === "report" ? <ReportThread gaveUp={close} threadId={id} onClose={close} /> : null}
      {asking === "block" && other ? <BlockPerson gaveUp={close} user={other} onClose={close} onBlocked={() => { router.replace("/direct"); router.refresh(); }} /> : null}
    </section>
  );
}

function Act({ icon, text, onPress }: { icon: React.ReactNode; text: string; onPress: () => void }) {
  return <Button variant="ghost" icon={icon} className="-ml-3 max-w-full text-danger!" onClick={onPress}><span className="truncate">{text}</span></Button>;
}
