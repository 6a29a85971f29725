"use client";
import { useMemo, useRef, useState } from "react";
import { later } from "@/components/interactions/later";
import { request } from "@/components/interactions/request";
import { ConfirmLater } from "@/components/ui/confirm-later";
import { EmptyState } from "@/components/ui/empty-state";
import { SendIcon } from "@/components/ui/icons";
import { LinkButton } from "@/components/ui/link-button";
import { toast } from "@/components/ui/toast";
import type { MessageView } from "@/lib/messages/types";
import type { UserSummary } from "@/lib/profiles/types";
import { MessageComposer } from "./message-composer";
import { type LogHandle, MessageLog } from "./message-log";
import { outgoing } from "./outgoing";
import { RequestBar } from "./request-bar";
import { ThreadHeader } from "./thread-header";
import { ThreadIntro } from "./thread-intro";
import type { ThreadStart } from "./thread-store";
import { useMessageActs } from "./use-message-acts";
import { useThread } from "./use-thread";
import { useVisibleArea } from "./use-visible-area";
import { titleOf } from "./wording";

const MediaViewer = later(() => import("./media-viewer").then((m) => m.MediaViewer));
const ReportThread = later(() => import("./report-thread").then((m) => m.ReportThread));

type Props = { start: ThreadStart; self: UserSummary; /** A message that the address names. */ targetId: string | null };

/** One conversation on the screen. */
export function ThreadScreen({ start, self, targetId }: Props) {
  const { store, state, outbox, shown } = useThread(start, self);
  const { thread } = state;
  const log = useRef<LogHandle>(null);
  const box = useRef<HTMLElement>(null);
  const [context, setContext] = useState<{ reply: MessageView | null; editing: MessageView | null }>({ reply: null, editing: null });
  const [opened, setOpened] = useState<{ message: MessageView; at: number } | null>(null);
  const [unsending, setUnsending] = useState<MessageView | null>(null);
  const [reporting, setReporting] = useState(false);
  useVisibleArea(box);

  const mayWrite = thread.viewer.cannot_write === null && thread.folder === "inbox";
  const acts = useMessageActs({ store, outbox, mayWrite, log, onContext: setContext, onOpen: setOpened, onUnsend: setUnsending, onReport: () => setReporting(true) });
  const letGo = useMemo(() => () => setContext({ reply: null, editing: null }), []);
  // As it is now: what was unsent meanwhile is not answered any more.
  const answered = context.reply && (state.messages.find(({ id }) => id === context.reply?.id) ?? context.reply);
  if (state.isGone) return <Gone />;

  async function unsend({ id }: MessageView) {
    const outcome = await request("DELETE", `/api/direct/${thread.id}/messages/${id}`);
    if (outcome.ok) return store.reload([id]);
    toast.error("The message was not unsent", { description: outcome.message });
    return false;
  }

  return (
    <section ref={box} data-whole-screen aria-label={titleOf(thread)} className="fixed inset-x-0 top-(--seen-top,0px) z-20 flex h-(--seen-height,100dvh) flex-col bg-paper md:static md:h-dvh md:min-w-0 md:flex-1">
      <ThreadHeader thread={thread} onFound={(id) => void log.current?.toMessage(id)} />
      {shown.length === 0 ? <ThreadIntro thread={thread} /> : <MessageLog handle={log} store={store} state={state} shown={shown} acts={acts} selfId={self.id} title={titleOf(thread)} targetId={targetId} reads={thread.folder === "inbox"} />}
      {thread.folder === "requests" ? <RequestBar thread={thread} onAccepted={store.setThread} /> : thread.viewer.cannot_write !== null ? (
        <p className="pad-safe-b border-t px-4 py-4 text-center text-sm text-muted">{thread.viewer.cannot_write}</p>
      ) : (
        <MessageComposer
          threadId={thread.id} selfId={self.id} reply={answered?.is_unsent ? null : answered} editing={context.editing} onLetGo={letGo} onEdited={(message) => store.take(message)}
          onSend={(message) => {
            void outbox?.add(outgoing(thread.id, message));
            void log.current?.toEnd();
          }}
        />
      )}
      {opened ? <MediaViewer gaveUp={() => setOpened(null)} media={opened.message.media.filter(({ state }) => state === "ready")} at={opened.at} sender={opened.message.sender.username} onClose={() => setOpened(null)} /> : null}
      {unsending ? <ConfirmLater open onOpenChange={() => setUnsending(null)} title="Unsend this message?" confirm="Unsend" danger onConfirm={() => unsend(unsending)}>It disappears for everybody here. Who has seen it has seen it.</ConfirmLater> : null}
      {reporting ? <ReportThread gaveUp={() => setReporting(false)} threadId={thread.id} onClose={() => setReporting(false)} /> : null}
    </section>
  );
}

/** Left, removed or deleted elsewhere while one looked at it. */
function Gone() {
  return (
    <section data-whole-screen className="flex min-h-dvh min-w-0 flex-1 items-center justify-center">
      <EmptyState as="h1" icon={<SendIcon />} title="This conversation is not yours any more" action={<LinkButton href="/direct" variant="primary">Your messages</LinkButton>}>You left it, were removed, or deleted it elsewhere.</EmptyState>
    </section>
  );
}
