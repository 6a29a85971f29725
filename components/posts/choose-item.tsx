import { useLoaded } from "@/components/interactions/use-loaded";
import { Dialog } from "@/components/ui/dialog";
import { Spinner } from "@/components/ui/spinner";
import { TryAgain } from "@/components/ui/try-again";
import type { MediaView } from "@/lib/media/types";

/** Which photo or video of a post one means. */
export function ChooseItem({ postId, type, onChoose, onClose }: { postId: string; type: MediaView["type"]; onChoose: (mediaId: string) => void; onClose: () => void }) {
  const { data, problem, again } = useLoaded<{ media: MediaView[] }>(`/api/posts/${postId}`);
  const word = type === "video" ? "video" : "photo";
  return (
    <Dialog open onOpenChange={onClose} title={`Which ${word}?`}>
      {problem ? <TryAgain problem={problem} onAgain={again} /> : data === null ? <Spinner centred className="p-12 text-2xl text-muted" /> : (
        <ul className="grid grid-cols-3 gap-2">
          {data.media.filter((item) => item.type === type).map(({ id, urls, alt }, index) => (
            <li key={id}>
              <button type="button" onClick={() => onChoose(id)} className="block aspect-square w-full overflow-hidden rounded-md bg-sunken">
                <img src={urls["320"]} alt={`Edit ${word} ${index + 1}${alt ? `: ${alt}` : ""}`} className="size-full object-cover" />
              </button>
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  );
}
