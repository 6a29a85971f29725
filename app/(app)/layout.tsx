import type { ReactNode } from "react";
import { Shell } from "@/components/shell/shell";
import { readTheme } from "@/components/shell/theme";
import { VisitorShell } from "@/components/shell/visitor-shell";
import { avatarUrl } from "@/lib/accounts/avatar-url";
import { countUnreadThreads } from "@/lib/messages/queries";
import { countUnread } from "@/lib/notifications/queries";
import { streamPosition } from "@/lib/realtime/position";
import { getViewer } from "@/lib/platform/viewer/viewer";

/** The frame of the product. `modal` is the slot in which a post opens over the page it was chosen from. */
export default async function AppLayout({ children, modal }: { children: ReactNode; modal: ReactNode }) {
  const viewer = await getViewer();
  if (!viewer) {
    return (
      <VisitorShell>
        {children}
        {modal}
      </VisitorShell>
    );
  }
  const person = { username: viewer.username, name: viewer.fullName || viewer.username, avatarUrl: avatarUrl(viewer) };
  const position = streamPosition();
  const [theme, notifications, { unread_count: threads }] = await Promise.all([readTheme(), countUnread(viewer), countUnreadThreads(viewer)]);
  return (
    <Shell person={person} unread={{ notifications, threads }} theme={theme} live={{ personId: viewer.id, position }}>
      {children}
      {modal}
    </Shell>
  );
}
