import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { ImageIcon, TrashIcon } from "@/components/ui/icons";
import { RelativeTime } from "@/components/ui/relative-time";
import { Skeleton } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toast";
import type { DraftView } from "@/lib/posts/types";
import { request } from "@/components/interactions/request";
import { listOnServer } from "./server-drafts";

type Props = { /** The id of the one that is being fetched. */ opening: string | null; onOpen: (draft: DraftView) => void };

/** Drafts that were kept on the server, from whichever device. Nothing when there are none. */
export function DraftList({ opening, onOpen }: Props) {
  const [drafts, setDrafts] = useState<DraftView[] | "failed" | null>(null);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let isWanted = true;
    listOnServer().then(({ drafts: found }) => isWanted && setDrafts(found), () => isWanted && setDrafts("failed"));
    return () => void (isWanted = false);
  }, [attempt]);

  if (drafts === null) return <Skeleton className="mx-4 mt-8 h-16 md:mx-0" />;
  // Offline the drafts of this device are what counts.
  if (drafts === "failed" && !navigator.onLine) return null;
  if (drafts === "failed") {
    return (
      <p role="alert" className="mx-4 mt-8 flex flex-wrap items-center gap-3 text-ui text-muted md:mx-0">
        Your drafts could not be loaded. <Button size="sm" onClick={() => setAttempt(attempt + 1)}>Try again</Button>
      </p>
    );
  }
  if (drafts.length === 0) return null;

  async function remove({ id, content }: DraftView) {
    const outcome = await request("DELETE", `/api/drafts/${id}`);
    if (!outcome.ok) return toast.error("The draft was not deleted", { description: outcome.message });
    setAttempt((n) => n + 1);
    toast("Draft deleted", { duration: 8_000, action: { label: "Undo", onClick: () => void bringBack(content) } });
  }

  async function bringBack(content: DraftView["content"]) {
    const outcome = await request("POST", "/api/drafts", { body: { content } });
    if (!outcome.ok) toast.error("The draft could not be brought back", { description: outcome.message });
    setAttempt((n) => n + 1);
  }

  return (
    <section aria-labelledby="drafts" className="mx-4 mt-10 md:mx-0">
      <h2 id="drafts" className="text-xl">Drafts</h2>
      <p className="mt-1 text-sm text-muted">Kept for you on the server, 90 days from the last change.</p>
      <ul className="mt-3 divide-y border-y">
        {drafts.map((draft) => (
          <li key={draft.id} className="flex items-center gap-3 py-2">
            <span className="flex size-12 shrink-0 items-center justify-center rounded-md bg-sunken text-muted"><ImageIcon className="size-6" /></span>
            <span className="min-w-0 flex-1">
              <span dir="auto" className="block truncate text-ui font-medium">{draft.content.caption || "No caption yet"}</span>
              <span className="block text-sm text-muted">{`${draft.files.length === 1 ? "1 item" : `${draft.files.length} items`} · `}<RelativeTime value={draft.updated_at} /></span>
            </span>
            <Button size="sm" loading={opening === draft.id} disabled={opening !== null && opening !== draft.id} onClick={() => onOpen(draft)}>Continue</Button>
            <IconButton label={`Delete the draft “${draft.content.caption.slice(0, 40) || "without words"}”`} tone="muted" onClick={() => void remove(draft)}><TrashIcon /></IconButton>
          </li>
        ))}
      </ul>
    </section>
  );
}
