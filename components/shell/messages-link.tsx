"use client";
import { SendIcon } from "@/components/ui/icons";
import { CountedLink, type Look } from "./counted-link";
import { useUnreadThreads } from "./unread-threads";

/** `unread`: conversations in which something waits to be read. */
export function MessagesLink({ unread, ...look }: Look & { unread: number }) {
  return <CountedLink href="/direct" label="Messages" count={useUnreadThreads(unread)} {...look}><SendIcon /></CountedLink>;
}
