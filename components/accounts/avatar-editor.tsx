"use client";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useId, useRef, useState, useTransition } from "react";
import { Avatar } from "@/components/ui/avatar";
import { Button, buttonClass } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import { removeAvatar, sendAvatar } from "./send-avatar";

const AvatarCropper = dynamic(() => import("./avatar-cropper").then((m) => m.AvatarCropper), { ssr: false });
const ACCEPT = "image/jpeg,image/png,image/webp,image/avif,image/gif,image/heic,image/heif";

/** One's own picture: choose, crop to a circle, remove. */
export function AvatarEditor({ name, avatarUrl }: { name: string; avatarUrl: string | null }) {
  const router = useRouter();
  const input = useId();
  const field = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<File | null>(null);
  const [busy, setBusy] = useState(false);
  const [, startTransition] = useTransition();

  async function run(work: Promise<{ ok: boolean; message?: string }>, done: string) {
    setBusy(true);
    const outcome = await work;
    setBusy(false);
    if (!outcome.ok) {
      toast.error("Your photo was not changed", { description: outcome.message });
      return false;
    }
    toast.success(done);
    startTransition(() => router.refresh());
    return true;
  }

  function close() {
    setFile(null);
    if (field.current) field.current.value = "";
  }

  return (
    <div className="flex flex-wrap items-center gap-5">
      <Avatar src={avatarUrl} name={name} size="xl" alt="Your photo" eager />
      <div className="flex flex-wrap gap-3">
        <input ref={field} id={input} type="file" accept={ACCEPT} disabled={busy} className="peer sr-only" onChange={(event) => setFile(event.target.files?.[0] ?? null)} />
        <label htmlFor={input} className={`${buttonClass({})} peer-focus-visible:outline-2 peer-focus-visible:outline-offset-2 peer-focus-visible:outline-accent`}>
          {avatarUrl ? "Change photo" : "Choose a photo"}
        </label>
        {avatarUrl ? <Button variant="ghost" loading={busy} onClick={() => run(removeAvatar(), "Photo removed")}>Remove photo</Button> : null}
      </div>
      {file ? <AvatarCropper file={file} busy={busy} onClose={close} onDone={async (picture) => (await run(sendAvatar(picture), "Photo changed")) && close()} /> : null}
    </div>
  );
}
