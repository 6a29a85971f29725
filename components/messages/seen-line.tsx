import { Avatar } from "@/components/ui/avatar";
import type { MessageView, SeenView, ThreadView } from "@/lib/messages/types";
import { compareIds } from "@/lib/platform/compare-ids";
import { handleOf, namesInWords } from "./wording";

type Props = { message: MessageView; seen: SeenView[]; kind: ThreadView["kind"]; others: number };

/** Under one's last message: who has seen it, of those who show that. */
export function SeenLine({ message, seen, kind, others }: Props) {
  const by = seen.filter(({ read_id }) => compareIds(read_id, message.id) >= 0).map(({ user }) => user);
  const words = by.length === 0 ? "Sent" : kind === "pair" ? "Seen" : by.length >= others ? "Seen by all" : `Seen by ${namesInWords(by.map(handleOf))}`;
  return (
    <p className="mt-1 flex items-center justify-end gap-1.5 pr-1 text-xs text-muted">
      {kind === "group" ? <span aria-hidden="true" className="flex -space-x-1.5">{by.slice(0, 5).map((user) => <Avatar key={user.id} src={user.avatar_url} name={user.full_name || user.username} size="xs" className="size-4! ring-2 ring-paper" />)}</span> : null}
      <bdi className="truncate">{words}</bdi>
    </p>
  );
}
