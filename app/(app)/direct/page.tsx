import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { EmptyState } from "@/components/ui/empty-state";
import { SendIcon } from "@/components/ui/icons";
import { LinkButton } from "@/components/ui/link-button";
import { getViewer } from "@/lib/platform/viewer/viewer";

export const metadata: Metadata = { title: "Messages" };

/** The list stands beside it; where both have room, this asks to choose. */
export default async function DirectPage() {
  if (!(await getViewer())) redirect("/login?next=/direct");
  return (
    <div className="flex min-h-dvh flex-1 items-center justify-center">
      <EmptyState icon={<SendIcon />} title="Your messages" action={<LinkButton href="/direct/new" variant="primary">Write to somebody</LinkButton>}>Choose a conversation, or begin one.</EmptyState>
    </div>
  );
}
