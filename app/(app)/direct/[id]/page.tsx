import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { servedAt } from "@/components/interactions/served-at";
import { ThreadScreen } from "@/components/messages/thread-screen";
import { titleOf } from "@/components/messages/wording";
import { avatarUrl } from "@/lib/accounts/avatar-url";
import { isId } from "@/lib/platform/ids";
import { listMessages, listSeen } from "@/lib/messages/queries";
import { loadThread } from "./load-thread";

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ message?: string | string[] }> };

/** Messages of a page; so many unread ones still stand on the newest page together with some that were read. */
const LIMIT = 30;
const MOST_UNREAD = 24;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: titleOf((await loadThread((await params).id)).thread) };
}

export default async function ThreadPage({ params, searchParams }: Props) {
  const { viewer, thread } = await loadThread((await params).id);
  const { message } = await searchParams;
  const target = typeof message === "string" && isId(message) ? message : null;
  const around = target ?? (thread.unread_count > MOST_UNREAD && thread.read_id !== "0" ? thread.read_id : undefined);
  const at = servedAt();
  const [page, seen] = await Promise.all([listMessages(viewer, thread.id, { ...(around ? { around } : {}), limit: LIMIT }), listSeen(viewer, thread.id)]);
  if (!page || !seen) notFound();
  const self = { id: viewer.id, username: viewer.username, full_name: viewer.fullName, avatar_url: avatarUrl(viewer), is_verified: false };
  return <ThreadScreen key={`${thread.id} ${target ?? ""}`} start={{ thread, page, seen, at }} self={self} targetId={target} />;
}
