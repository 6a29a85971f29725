import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { CollectionContent } from "@/components/collections/collection-content";
import { getCollection } from "@/lib/interactions/collection-queries";
import { notFound } from "@/lib/platform/errors";
import { isId } from "@/lib/platform/ids";
import { getViewer } from "@/lib/platform/viewer/viewer";
import { orNotFound } from "../../or-not-found";

type Props = { params: Promise<{ id: string }> };

export const metadata: Metadata = { title: "Collection", robots: { index: false } };

/** A collection; for everybody with whom it is not shared this page does not exist. */
export default async function CollectionPage({ params }: Props) {
  const [viewer, { id }] = await Promise.all([getViewer(), params]);
  if (!viewer) redirect("/login?next=/saved");
  const collection = await orNotFound(isId(id) ? getCollection(viewer, id) : Promise.reject(notFound()));
  if (collection.role === "invited") redirect("/saved");
  return <CollectionContent viewer={viewer} collection={collection} />;
}
