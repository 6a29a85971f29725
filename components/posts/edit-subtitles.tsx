"use client";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { request } from "@/components/interactions/request";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { FormError } from "@/components/ui/form-error";
import { IconButton } from "@/components/ui/icon-button";
import { TrashIcon } from "@/components/ui/icons";
import { toast } from "@/components/ui/toast";
import { MAX_CAPTIONS_BYTES } from "@/lib/media/limits";
import type { VideoSubject } from "./menu-subject";

/** Languages offered first; any other by its tag. */
const LANGUAGES = ["en", "de", "fr", "es", "pt-BR", "it", "nl", "pl", "uk", "ru", "tr", "ar", "fa", "he", "hi", "bn", "id", "vi", "th", "ja", "ko", "zh-Hans", "zh-Hant"];

const nameOf = (tag: string) => new Intl.DisplayNames(["en"], { type: "language" }).of(tag) ?? tag;

/** Subtitles of a post's videos: what there is, and a file for one more language. */
export function EditSubtitles({ videos, onClose }: { videos: VideoSubject[]; onClose: () => void }) {
  const [chosen, choose] = useState(videos[0]!.id);
  const video = videos.find(({ id }) => id === chosen) ?? videos[0]!;
  return (
    <Dialog open onOpenChange={onClose} title="Subtitles" footer={<Button variant="ghost" onClick={onClose}>Close</Button>}>
      {videos.length > 1 ? (
        <label className="mb-4 flex flex-col gap-1.5 text-sm font-semibold">
          Video
          <select value={chosen} onChange={(event) => choose(event.target.value)} className={selectClass}>
            {videos.map(({ id, place }) => <option key={id} value={id}>{`${place} of this post`}</option>)}
          </select>
        </label>
      ) : null}
      <Subtitles key={video.id} video={video} />
    </Dialog>
  );
}

const selectClass = "h-11 w-full rounded-md border border-strong/60 bg-surface px-3 font-normal";

function Subtitles({ video }: { video: VideoSubject }) {
  const [there, setThere] = useState(video.subtitles);
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const router = useRouter();

  async function act(work: () => ReturnType<typeof request>, words: string, next: VideoSubject["subtitles"]) {
    setBusy(true);
    const outcome = await work();
    setBusy(false);
    if (!outcome.ok) return setError(outcome.fields?.text ?? outcome.message);
    setError(null);
    setThere(next.toSorted((a, b) => a.language.localeCompare(b.language)));
    toast.success(words);
    router.refresh();
  }

  const without = (language: string) => there.filter((one) => one.language !== language);
  const add = (language: string, text: string) => act(() => request("PUT", `/api/media/${video.id}/captions/${language}`, { body: { text } }), "Subtitles added", [...without(language), { language, label: nameOf(language) }]);
  const remove = (language: string) => act(() => request("DELETE", `/api/media/${video.id}/captions/${language}`), "Subtitles removed", without(language));

  return (
    <div className="flex flex-col gap-5">
      {there.length === 0 ? <p className="text-muted">This video has no subtitles yet.</p> : (
        <ul className="divide-y border-y">
          {there.map(({ language, label }) => (
            <li key={language} className="flex items-center justify-between gap-3 py-0.5">
              <span lang={language}>{label}</span>
              <IconButton label={`Remove subtitles in ${nameOf(language)}`} tone="muted" className="-mr-2.5" disabled={busy} onClick={() => void remove(language)}><TrashIcon /></IconButton>
            </li>
          ))}
        </ul>
      )}
      <AddSubtitles busy={busy} onAdd={add} onError={setError} />
      <FormError message={error} />
    </div>
  );
}

function AddSubtitles({ busy, onAdd, onError }: { busy: boolean; onAdd: (language: string, text: string) => Promise<void>; onError: (words: string) => void }) {
  const [language, setLanguage] = useState(LANGUAGES[0]!);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const file = new FormData(form).get("file");
    if (!(file instanceof File) || file.size === 0) return onError("Choose a WebVTT file (.vtt).");
    if (file.size > MAX_CAPTIONS_BYTES) return onError("The subtitles are larger than 1 MB.");
    await onAdd(language, await file.text());
    form.reset();
  }

  return (
    <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-3">
      <label className="flex flex-col gap-1.5 text-sm font-semibold">
        Language
        <select value={language} onChange={(event) => setLanguage(event.target.value)} className={selectClass}>
          {LANGUAGES.map((tag) => <option key={tag} value={tag}>{nameOf(tag)}</option>)}
        </select>
      </label>
      <label className="flex flex-col gap-1.5 text-sm font-semibold">
        WebVTT file
        <input name="file" type="file" accept=".vtt,text/vtt" className="h-11 w-full rounded-md border border-strong/60 bg-surface p-2 text-sm font-normal file:mr-3 file:rounded-sm file:border-0 file:bg-sunken file:px-2.5 file:py-0.5 file:font-semibold file:text-ink" />
      </label>
      <Button type="submit" variant="primary" loading={busy} className="self-start">Add subtitles</Button>
    </form>
  );
}
