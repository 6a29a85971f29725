"use client";
import type { ReactNode } from "react";
import { Button, buttonClass } from "@/components/ui/button";
import { DownloadIcon } from "@/components/ui/icons";
import { Spinner } from "@/components/ui/spinner";
import { TextArea } from "@/components/ui/text-area";
import { toast } from "@/components/ui/toast";
import { TryAgain } from "@/components/ui/try-again";
import type { SharingView } from "@/lib/posts/embed";
import { useLoaded } from "./use-loaded";

/** What the server makes of a post for other places; fetched when its part of the sheet opens. */
const useSharing = (postId: string) => useLoaded<SharingView>(`/api/posts/${postId}/share`);

function Waiting({ problem, again }: Pick<ReturnType<typeof useSharing>, "problem" | "again">) {
  return problem ? <TryAgain problem={problem} onAgain={again} /> : <Spinner centred className="min-h-40 text-2xl text-muted" />;
}

function Foot({ onBack, children }: { onBack: () => void; children?: ReactNode }) {
  return <div className="mt-5 flex justify-end gap-3"><Button variant="ghost" onClick={onBack}>Back</Button>{children}</div>;
}

type EmbedProps = { postId: string; copied: () => void; onBack: () => void };

export function EmbedCode({ postId, copied, onBack }: EmbedProps) {
  const sharing = useSharing(postId);
  const code = sharing.data?.embed_html ?? null;

  async function copy() {
    try {
      await navigator.clipboard.writeText(code ?? "");
      toast.success("Code copied");
      copied();
    } catch {
      toast.error("The code could not be copied", { description: "Mark it and copy it yourself." });
    }
  }

  return (
    <>
      {code === null ? <Waiting {...sharing} /> : (
        <TextArea label="Code for your website" readOnly rows={5} spellCheck={false} value={code} onFocus={(event) => event.target.select()} className="break-all" hint="The post appears there as it is now, and vanishes when it is deleted or no longer for everybody." />
      )}
      <Foot onBack={onBack}><Button variant="primary" disabled={code === null} onClick={() => void copy()}>Copy code</Button></Foot>
    </>
  );
}

type QrProps = { postId: string; url: string; /** Of the file, without its ending. */ name: string; taken: () => void; onBack: () => void };

export function QrCode({ postId, url, name, taken, onBack }: QrProps) {
  const sharing = useSharing(postId);
  const address = sharing.data && `data:image/svg+xml,${encodeURIComponent(sharing.data.qr_svg)}`;
  return (
    <>
      {address === null ? <Waiting {...sharing} /> : (
        <figure className="flex flex-col items-center gap-3">
          <img src={address} alt="QR code that leads to this post" width={240} height={240} className="size-60 rounded-lg bg-white" />
          <figcaption className="max-w-full truncate text-sm text-muted">{url}</figcaption>
        </figure>
      )}
      <Foot onBack={onBack}>
        {address === null ? null : <a href={address} download={`${name}.svg`} onClick={taken} className={buttonClass({ variant: "primary" })}><DownloadIcon className="size-5" />Download</a>}
      </Foot>
    </>
  );
}
