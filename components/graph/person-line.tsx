// <PersonLine user={user} note="Has not answered yet"><Button …/></PersonLine>   Somebody in a list to choose from; no link, for that would leave it.
import type { ReactNode } from "react";
import { PersonName } from "@/components/posts/person-name";
import { Avatar } from "@/components/ui/avatar";
import type { UserSummary } from "@/lib/graph/types";

export function PersonLine({ user, note, children }: { user: UserSummary; note: string; children?: ReactNode }) {
  return (
    <li className="flex min-h-14 items-center gap-3 py-1">
      <Avatar src={user.avatar_url} name={user.full_name || user.username} />
      <span className="min-w-0 flex-1">
        <PersonName user={user} className="max-w-full text-ui font-semibold" />
        {note ? <bdi className="block truncate text-sm text-muted">{note}</bdi> : null}
      </span>
      {children}
    </li>
  );
}
