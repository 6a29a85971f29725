// <RichText text={caption} />   Text as typed, with its hashtags, mentions and addresses as links. For server and client files.
import { AppLink } from "@/components/ui/app-link";
import { extractText, type Segment } from "@/lib/posts/text";

const linkClass = "text-link font-medium";

// dir="auto" sets each apart: in a text that runs from right to left, "#dunes" would else be shown as "dunes#".

export function RichText({ text }: { text: string }) {
  return extractText(text).segments.map((segment, i) => <Piece key={i} {...segment} />);
}

function Piece(segment: Segment) {
  switch (segment.type) {
    case "hashtag":
      return <AppLink dir="auto" className={linkClass} href={`/tags/${encodeURIComponent(segment.tag)}`}>{segment.text}</AppLink>;
    case "mention":
      return <AppLink dir="auto" className={linkClass} href={`/${segment.username}`}>{segment.text}</AppLink>;
    case "link":
      return <a dir="auto" className={linkClass} href={segment.href} target="_blank" rel="nofollow ugc noopener noreferrer">{segment.text}</a>;
    default:
      return segment.text;
  }
}
