import type { ReactNode } from "react";
import { Shell } from "@/components/shell/shell";
import { readTheme } from "@/components/shell/theme";
import { VisitorShell } from "@/components/shell/visitor-shell";
import { avatarUrl } from "@/lib/accounts/avatar-url";
import { countUnread } from "@/lib/notifications/queries";
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
  const [theme, unread] = await Promise.all([readTheme(), countUnread(viewer)]);
  return (
    <Shell person={person} unread={unread} theme={theme}>
      {children}
      {modal}
    </Shell>
  );
}
