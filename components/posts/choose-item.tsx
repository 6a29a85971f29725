import { useEffect, useState } from "react";
import { request } from "@/components/interactions/request";
import { Dialog } from "@/components/ui/dialog";
import { Spinner } from "@/components/ui/spinner";
import type { MediaView } from "@/lib/media/types";

/** Which photo or video of a post one means. */
export function ChooseItem({ postId, type, onChoose, onClose }: { postId: string; type: MediaView["type"]; onChoose: (mediaId: string) => void; onClose: () => void }) {
  const [media, setMedia] = useState<MediaView[] | null>(null);
  const word = type === "video" ? "video" : "photo";
  useEffect(() => {
    void request<{ media: MediaView[] }>("GET", `/api/posts/${postId}`).then((outcome) => setMedia(outcome.ok ? outcome.data.media.filter((item) => item.type === type) : []));
  }, [postId, type]);
  return (
    <Dialog open onOpenChange={onClose} title={`Which ${word}?`}>
      {media ? (
        <ul className="grid grid-cols-3 gap-2">
          {media.map(({ id, urls, alt }, index) => (
            <li key={id}>
              <button type="button" onClick={() => onChoose(id)} className="block aspect-square w-full overflow-hidden rounded-md bg-sunken">
                <img src={urls["320"]} alt={`Edit ${word} ${index + 1}${alt ? `: ${alt}` : ""}`} className="size-full object-cover" />
              </button>
            </li>
          ))}
        </ul>
      ) : (
        <Spinner className="justify-center p-12" />
      )}
    </Dialog>
  );
}
