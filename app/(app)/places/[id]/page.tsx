import type { Metadata } from "next";
import { morePlacePosts } from "@/components/posts/actions";
import { CollectionPage } from "@/components/posts/collection-page";
import { SortedGrid, sortOf } from "@/components/posts/sorted-grid";
import { PlaceIcon } from "@/components/ui/icons";
import { notFound } from "@/lib/platform/errors";
import { isId } from "@/lib/platform/ids";
import { getViewer } from "@/lib/platform/viewer/viewer";
import { getPlace, isPlaceIndexed } from "@/lib/posts/collections";
import { listPlacePosts } from "@/lib/posts/queries";
import { orNotFound } from "../../or-not-found";

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ sort?: string | string[] }> };

const load = async ({ params }: Props) => {
  const { id } = await params;
  const viewer = await getViewer();
  if (!isId(id)) throw notFound();
  return { viewer, place: await getPlace(viewer, id) };
};

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { place } = await orNotFound(load(props));
  return { title: place.name, robots: (await isPlaceIndexed(place.id)) ? undefined : { index: false } };
}

/** Posts taken at a place. */
export default async function PlacePage(props: Props) {
  const [{ place, viewer }, sort] = await Promise.all([orNotFound(load(props)), sortOf(props.searchParams)]);
  return (
    <CollectionPage icon={<PlaceIcon />} title={place.name} note="Photos taken here">
      <SortedGrid name={`place:${place.id}`} path={`/places/${place.id}`} sort={sort} list={(page) => listPlacePosts(viewer, place.id, { ...page, indexed: true }, sort)} more={morePlacePosts} args={{ place_id: place.id, sort }} />
    </CollectionPage>
  );
}
