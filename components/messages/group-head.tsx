"use client";
import dynamic from "next/dynamic";
import { type FormEvent, useId, useState } from "react";
import { Button, buttonClass } from "@/components/ui/button";
import { TextField } from "@/components/ui/text-field";
import { toast } from "@/components/ui/toast";
import type { ThreadView } from "@/lib/messages/types";
import { MAX_NAME } from "./new-message";
import { patchThread, type ThreadPatch } from "./thread-acts";
import { ThreadPicture } from "./thread-picture";
import { isHere, titleOf } from "./wording";

const AvatarCropper = dynamic(() => import("@/components/accounts/avatar-cropper").then((m) => m.AvatarCropper), { ssr: false });

type Props = { thread: ThreadView; canChange: boolean; onChange: (thread: ThreadView) => void };

/** Picture and name of a conversation; of a group its admins change both. */
export function GroupHead({ thread, canChange, onChange }: Props) {
  const [naming, setNaming] = useState(false);
  const title = titleOf(thread);
  return (
    <div className="flex flex-col items-center text-center">
      <ThreadPicture thread={thread} size="xl" />
      {naming ? <NameForm thread={thread} onChange={onChange} onClose={() => setNaming(false)} /> : (
        <>
          <p className="mt-3 max-w-full text-xl font-semibold wrap-anywhere"><bdi>{title}</bdi></p>
          {thread.kind === "group" ? <p className="text-ui text-muted">{`${thread.member_count} ${thread.member_count === 1 ? "member" : "members"}`}</p> : thread.people[0] && isHere(thread.people[0]) ? <p className="text-ui text-muted">@{thread.people[0].username}</p> : null}
        </>
      )}
      {canChange && !naming ? (
        <div className="mt-3 flex flex-wrap justify-center gap-2">
          <Button size="sm" onClick={() => setNaming(true)}>{thread.name ? "Change name" : "Name the group"}</Button>
          <PictureButtons thread={thread} onChange={onChange} />
        </div>
      ) : null}
    </div>
  );
}

function NameForm({ thread, onChange, onClose }: Omit<Props, "canChange"> & { onClose: () => void }) {
  const [name, setName] = useState(thread.name ?? "");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  async function save(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    const outcome = await patchThread(thread.id, { name: name.trim() || null });
    setBusy(false);
    if (!outcome.ok) return setError(outcome.fields?.name ?? outcome.message);
    onChange(outcome.data);
    onClose();
  }
  return (
    <form onSubmit={(event) => void save(event)} className="mt-4 w-full text-left">
      {/* oxlint-disable-next-line jsx-a11y/no-autofocus -- it stands where one has just pressed */}
      <TextField label="Name of the group" dir="auto" autoFocus maxLength={MAX_NAME} value={name} onChange={(event) => setName(event.target.value)} error={error} />
      <div className="mt-3 flex justify-end gap-2">
        <Button variant="ghost" disabled={busy} onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" loading={busy}>Save</Button>
      </div>
    </form>
  );
}

function PictureButtons({ thread, onChange }: Omit<Props, "canChange">) {
  const input = useId();
  const [file, setFile] = useState<File | null>(null);
  const [busy, setBusy] = useState(false);

  async function patch(change: ThreadPatch) {
    const outcome = await patchThread(thread.id, change);
    if (outcome.ok) return onChange(outcome.data);
    throw new Error(outcome.message);
  }
  async function run(work: () => Promise<void>) {
    setBusy(true);
    try {
      await work();
      setFile(null);
    } catch (error) {
      toast.error("The picture was not changed", { description: error instanceof Error ? error.message : undefined });
    } finally {
      setBusy(false);
    }
  }
  const use = (picture: Blob) => run(async () => {
    const { sendFile } = await import("@/components/composer/send-file");
    const mediaId = await sendFile(picture, picture.type || "image/jpeg", { signal: AbortSignal.timeout(120_000), purpose: "message", begun: null, onBegun: () => {}, onProgress: () => {} });
    await patch({ media_id: mediaId });
  });

  return (
    <>
      <input
        id={input} type="file" accept="image/*" disabled={busy} className="peer sr-only"
        onChange={(event) => {
          setFile(event.target.files?.[0] ?? null);
          event.target.value = "";
        }}
      />
      <label htmlFor={input} className={`${buttonClass({ size: "sm" })} peer-focus-visible:outline-2 peer-focus-visible:outline-offset-2 peer-focus-visible:outline-accent`}>{thread.picture_url ? "Change picture" : "Choose a picture"}</label>
      {thread.picture_url ? <Button size="sm" variant="ghost" loading={busy && !file} onClick={() => void run(() => patch({ media_id: null }))}>Remove picture</Button> : null}
      {file ? <AvatarCropper file={file} busy={busy} onClose={() => setFile(null)} onDone={(picture) => void use(picture)} /> : null}
    </>
  );
}
