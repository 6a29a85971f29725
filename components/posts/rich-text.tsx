// <RichText text={caption} />   Text as typed, with its hashtags, mentions and addresses as links. For server and client files.
import { AppLink } from "@/components/ui/app-link";
import { extractText, type Segment } from "@/lib/posts/text";

const linkClass = "text-link font-medium";

// dir="auto" sets each apart: in a text that runs from right to left, "#dunes" would else be shown as "dunes#".

/** `mentions`: whom it may name; other names stay text. Without the list all are links. */
export function RichText({ text, mentions }: { text: string; mentions?: readonly string[] }) {
  return extractText(text).segments.map((segment, i) => (segment.type === "mention" && mentions?.includes(segment.username) === false ? segment.text : <Piece key={i} {...segment} />));
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
