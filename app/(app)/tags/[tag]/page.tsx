import type { Metadata } from "next";
import { moreTagPosts } from "@/components/posts/actions";
import { CollectionPage } from "@/components/posts/collection-page";
import { SortedGrid, sortOf } from "@/components/posts/sorted-grid";
import { Count } from "@/components/ui/count";
import { HashIcon } from "@/components/ui/icons";
import { getViewer } from "@/lib/platform/viewer/viewer";
import { getTag } from "@/lib/posts/collections";
import { listTagPosts } from "@/lib/posts/queries";
import { orNotFound } from "../../or-not-found";

type Props = { params: Promise<{ tag: string }>; searchParams: Promise<{ sort?: string | string[] }> };

const tagOf = async ({ params }: Props) => orNotFound(getTag(decode((await params).tag)));

/** A stray "%" in the address is no reason to fail. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const tag = await tagOf(props);
  return { title: `#${tag.name}`, description: `Photos tagged #${tag.name} on Heliograph.`, robots: tag.post_count > 0 ? undefined : { index: false } };
}

/** Posts that bear a hashtag. */
export default async function TagPage(props: Props) {
  const [tag, viewer, sort] = await Promise.all([tagOf(props), getViewer(), sortOf(props.searchParams)]);
  return (
    <CollectionPage icon={<HashIcon />} title={`#${tag.name}`} note={<Count value={tag.post_count} one="post" />}>
      <SortedGrid name={`tag:${tag.name}`} path={`/tags/${encodeURIComponent(tag.name)}`} sort={sort} list={(page) => listTagPosts(viewer, tag.name, { ...page, indexed: true }, sort)} more={moreTagPosts} args={{ tag: tag.name, sort }} />
    </CollectionPage>
  );
}
