"use client";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { Editor } from "@/components/editor/editor";
import type { Work } from "@/components/editor/history";
import { request } from "@/components/interactions/request";
import { Dialog } from "@/components/ui/dialog";
import { Spinner } from "@/components/ui/spinner";
import { toast } from "@/components/ui/toast";
import { NO_EDIT } from "@/lib/media/edit/photo-edit";
import { fromEditView, toEditView } from "@/lib/media/edit/view";
import type { MediaEditState } from "@/lib/posts/media-edits";
import { ChooseItem } from "./choose-item";

/** How often and how long it is asked whether the new picture is there, ms. */
const ASK_EVERY = 700;
const ASK_UNTIL = 30_000;

/** Edits a photo that is out anew, from the file that was brought. */
export function EditPhoto({ postId, photos, onClose }: { postId: string; photos: string[]; onClose: () => void }) {
  const router = useRouter();
  const [chosen, choose] = useState(photos.length === 1 ? photos[0]! : null);
  const [state, setState] = useState<MediaEditState | null>(null);
  const latestClose = useRef(onClose);
  latestClose.current = onClose;
  useEffect(() => {
    if (chosen === null) return;
    let isWanted = true;
    const begin = async () => {
      const outcome = await request<MediaEditState>("GET", `/api/media/${chosen}/edit`);
      if (!isWanted) return;
      if (outcome.ok) return setState(outcome.data);
      toast.error("The photo can’t be edited now", { description: outcome.message });
      latestClose.current();
    };
    void begin();
    return () => void (isWanted = false);
  }, [chosen]);

  async function save({ edit }: Work) {
    const outcome = await request<MediaEditState>("PUT", `/api/media/${chosen}/edit`, { body: toEditView({ kind: "image", ...edit }) });
    if (!outcome.ok) {
      toast.error("That was not saved", { description: outcome.message });
      return false;
    }
    if (outcome.data.is_changing) toast("The new picture appears in a moment");
    void waitFor(chosen!).then(() => router.refresh());
  }

  if (chosen === null) return <ChooseItem postId={postId} type="image" onChoose={choose} onClose={onClose} />;
  if (!state) return <Dialog open onOpenChange={onClose} title="Edit photo"><Spinner centred className="p-12 text-2xl text-muted" /></Dialog>;
  return <Editor source={state.source_url!} natural={state} label="photo" work={workOf(state)} done="Save" onDone={save} onClose={onClose} />;
}

/** Which shape a crop was held to is not kept: it goes on as a free one. */
function workOf({ edit }: MediaEditState): Work {
  const photo = edit && fromEditView(edit);
  if (photo?.kind !== "image") return { edit: NO_EDIT, shape: "original" };
  const { kind: _kind, ...rest } = photo;
  return { edit: rest, shape: rest.geometry.crop ? "free" : "original" };
}

async function waitFor(mediaId: string): Promise<void> {
  for (const until = Date.now() + ASK_UNTIL; Date.now() < until; ) {
    await new Promise((done) => setTimeout(done, ASK_EVERY));
    const outcome = await request<MediaEditState>("GET", `/api/media/${mediaId}/edit`);
    if (outcome.ok && !outcome.data.is_changing) return;
  }
}
