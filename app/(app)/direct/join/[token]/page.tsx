import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { JoinGroup } from "@/components/messages/join-group";
import { UsersIcon } from "@/components/ui/icons";
import { LinkButton } from "@/components/ui/link-button";
import { getViewer } from "@/lib/platform/viewer/viewer";
import { readInvite } from "@/lib/messages/queries";

export const metadata: Metadata = { title: "Join a group" };

/** What an invite link opens: the group, and whether one wants to be in it. */
export default async function JoinPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const viewer = await getViewer();
  if (!viewer) redirect(`/login?next=${encodeURIComponent(`/direct/join/${token}`)}`);
  const invite = await readInvite(viewer, token);
  if (!invite) notFound();
  const { name, picture_url: picture, member_count: count, is_member: isMember, thread_id: threadId } = invite;
  return (
    <div className="flex min-h-[70dvh] flex-1 flex-col items-center justify-center px-6 py-16 text-center">
      {picture ? <img src={picture} alt="" className="size-24 rounded-full bg-sunken object-cover" /> : <span className="flex size-24 items-center justify-center rounded-full bg-accent-soft text-accent"><UsersIcon className="size-10" /></span>}
      <h1 className="mt-5 max-w-md text-2xl wrap-anywhere"><bdi>{name ?? "A group"}</bdi></h1>
      <p className="mt-1 mb-7 text-base text-muted">{`${count} ${count === 1 ? "member" : "members"}`}</p>
      {isMember && threadId ? <LinkButton href={`/direct/${threadId}`} variant="primary" size="lg">Open</LinkButton> : <JoinGroup token={token} />}
    </div>
  );
}
