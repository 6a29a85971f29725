import type { Metadata } from "next";
import Link from "next/link";
import { SettingsPage, SettingsSection } from "@/components/accounts/settings-page";
import { AddPeople } from "@/components/circles/add-people";
import { CircleName } from "@/components/circles/circle-name";
import { CirclePeople } from "@/components/circles/circle-people";
import { DeleteCircle } from "@/components/circles/delete-circle";
import { ArrowLeftIcon } from "@/components/ui/icons";
import { getCircle, listMemberIds } from "@/lib/graph/circle-queries";
import { notFound, unauthenticated } from "@/lib/platform/errors";
import { isId } from "@/lib/platform/ids";
import { getViewer } from "@/lib/platform/viewer/viewer";
import { orNotFound } from "../../../or-not-found";

export const metadata: Metadata = { title: "Circle" };

/** One circle: who is in it, and what it is called. */
export default async function CirclePage({ params }: { params: Promise<{ id: string }> }) {
  const viewer = await getViewer();
  if (!viewer) throw unauthenticated();
  const { id } = await params;
  const circle = await orNotFound(isId(id) ? getCircle(viewer, id) : Promise.reject(notFound()));
  const memberIds = await listMemberIds(viewer, circle.id);
  return (
    <SettingsPage current="circles">
      <div className="flex flex-col gap-10">
        <Link href="/settings/circles" prefetch={false} className="-mb-6 inline-flex min-h-11 items-center gap-2 self-start rounded-sm text-ui font-semibold text-muted hover:text-ink">
          <ArrowLeftIcon className="size-5" />
          All circles
        </Link>
        <SettingsSection id="people" title={circle.name} intro="They see what you post for this circle. They are not told that they are in it, nor who else is.">
          <AddPeople circleId={circle.id} memberIds={memberIds} />
          <CirclePeople viewer={viewer} circle={circle} />
        </SettingsSection>
        {circle.is_close_friends ? null : (
          <>
            <SettingsSection id="name" title="Name"><CircleName circle={circle} /></SettingsSection>
            <SettingsSection id="delete" title="Delete" intro="What you posted for this circle alone is then for you alone, until you choose who else can see it.">
              <DeleteCircle circle={circle} />
            </SettingsSection>
          </>
        )}
      </div>
    </SettingsPage>
  );
}
