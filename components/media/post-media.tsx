// The pictures of a post: one frame, or a carousel when there are several. Double tapping likes the post.
import type { CSSProperties } from "react";
import { DoubleTap } from "@/components/interactions/double-tap";
import type { Subject } from "@/components/interactions/subject";
import { cn } from "@/components/ui/cn";
import type { MediaView } from "@/lib/media/types";
import { Carousel } from "./carousel";
import { PhotoPeople } from "@/components/people/photo-people";
import { feedRatio, fits, fullRatio, ratioOf } from "./frame";
import { Picture } from "./picture";
import { Slide } from "./slide";
import { Video } from "./video";

type Props = {
  subject: Subject;
  media: MediaView[];
  author: string;
  /** In the feed the frame stays between 1.91:1 and 4:5; alone it shows the whole picture, as high as the screen allows. */
  shape: "feed" | "full";
  sizes: string;
  priority?: boolean;
  className?: string;
};

export function PostMedia({ subject, media, author, shape, sizes, priority, className }: Props) {
  const ratio = shape === "feed" ? feedRatio(media) : fullRatio(media);
  const frame = { aspectRatio: ratio, "--ratio": ratio } as CSSProperties;
  const single = media.length === 1;
  const pictures = media.map((item, i) => {
    const what = item.type === "video" ? "Video" : "Photo";
    // A lone picture fills its frame: in the feed that crops only what lies outside the bounds.
    const shown = { media: item, sizes, fit: single ? "cover" : fits(item, ratio), priority: priority && i === 0 } as const;
    const words = item.alt || `${what} ${single ? "" : `${i + 1} `}by ${author}`;
    if (item.type === "video") return <Video key={item.id} {...shown} label={words} />;
    const picture = <Picture key={item.id} {...shown} alt={words} />;
    if (item.tags.length === 0) return picture;
    return (
      <div key={item.id} className="relative size-full">
        {picture}
        <PhotoPeople people={item.tags} picture={ratioOf(item)} frame={ratio} fit={shown.fit} />
      </div>
    );
  });
  return (
    <DoubleTap subject={subject}>
      {single ? (
        <div style={frame} className={cn("overflow-hidden", className)}>{pictures}</div>
      ) : (
        <Carousel label={`Photos by ${author}`} count={media.length} style={frame} className={className}>
          {pictures.map((picture, i) => (
            <Slide key={media[i]!.id} index={i} count={media.length}>{picture}</Slide>
          ))}
        </Carousel>
      )}
    </DoubleTap>
  );
}
