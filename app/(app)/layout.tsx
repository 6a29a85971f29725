import type { ReactNode } from "react";
import { Shell } from "@/components/shell/shell";
import { readTheme } from "@/components/shell/theme";
import { VisitorShell } from "@/components/shell/visitor-shell";
import { avatarUrl } from "@/lib/accounts/avatar-url";
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
  const [theme, unread] = await Promise.all([readTheme(), countUnread(viewer)]);
  return (
    <Shell person={person} unread={unread} theme={theme} live={{ personId: viewer.id, position }}>
      {children}
      {modal}
    </Shell>
  );
}
