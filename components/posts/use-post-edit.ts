import { useEffect, useRef, useState } from "react";
import { SendError } from "@/components/composer/ask";
import { inspectFile } from "@/components/composer/inspect-file";
import { cancelUpload, sendFile } from "@/components/composer/send-file";
import { request } from "@/components/interactions/request";
import type { PostView } from "@/lib/posts/types";
import { changesOf, draftOf, type EditItem, type PostEditDraft, rebase, type Replacement } from "./post-edit";

export type Saved = "saved" | "unchanged" | "overtaken" | "failed";

/** The state of a post's editor: what is there, what the author wants, and what is being sent. */
export function usePostEdit(postId: string) {
  const [post, setPost] = useState<PostView | null>(null);
  const [draft, setDraft] = useState<PostEditDraft | null>(null);
  const [problem, setProblem] = useState<{ message: string; fields?: Record<string, string> } | null>(null);
  const [attempt, setAttempt] = useState(0);
  /** Somebody was quicker: what is there now. */
  const [isOvertaken, setOvertaken] = useState(false);
  /** People who went from the post meanwhile. */
  const [gone, setGone] = useState<string[]>([]);
  /** New files for the places of old ones, by the old one's id. */
  const files = useRef(new Map<string, Sent>());

  useEffect(() => {
    let isWanted = true;
    const load = async () => {
      const outcome = await request<PostView>("GET", `/api/posts/${postId}`);
      if (!isWanted) return;
      if (!outcome.ok) return setProblem(outcome);
      setPost(outcome.data);
      setDraft(draftOf(outcome.data));
    };
    void load();
    const sent = files.current;
    return () => {
      isWanted = false;
      for (const file of sent.values()) giveUp(file);
    };
  }, [postId, attempt]);

  const change = (part: Partial<PostEditDraft>) => setDraft((now) => now && { ...now, ...part });
  const changeItem = (id: string, part: Partial<EditItem>) => setDraft((now) => now && { ...now, items: now.items.map((item) => (item.id === id ? { ...item, ...part } : item)) });

  function move(from: number, to: number) {
    if (!draft || to < 0 || to >= draft.items.length) return;
    const items = [...draft.items];
    items.splice(to, 0, ...items.splice(from, 1));
    change({ items });
  }

  async function replace(id: string, file: File) {
    drop(id);
    const sent: Sent = { controller: new AbortController(), preview: null, mediaId: null };
    const { signal } = sent.controller;
    files.current.set(id, sent);
    // Another file may be chosen, or the old one kept, while this one is looked at or sent.
    const say = (replacement: Replacement) => signal.aborted || changeItem(id, { replacement });
    const fail = (reason: string) => say({ state: "failed", reason });
    say({ state: "sending", progress: 0, preview: null, type: kindOf(file.type) });
    const seen = await inspectFile(file).catch(() => ({ ok: false as const, reason: "The file could not be read." }));
    if (signal.aborted) return;
    if (!seen.ok) return fail(seen.reason);
    sent.preview = seen.thumb && URL.createObjectURL(seen.thumb);
    const shown = { preview: sent.preview, type: kindOf(seen.type) };
    try {
      const mediaId = await sendFile(file, seen.type, { signal, begun: null, onBegun: () => {}, onProgress: (progress) => say({ state: "sending", progress, ...shown }) });
      if (signal.aborted) return cancelUpload(mediaId);
      sent.mediaId = mediaId;
      say({ state: "done", mediaId, ...shown });
    } catch (error) {
      fail(error instanceof SendError ? error.message : "The file could not be sent.");
    }
  }

  /** Takes a wish to replace back. */
  function drop(id: string) {
    giveUp(files.current.get(id));
    files.current.delete(id);
    changeItem(id, { replacement: null });
  }

  const isChanged = post !== null && draft !== null && changesOf(draft, post) !== null;

  async function save(): Promise<{ end: Saved; post: PostView | null; at: number }> {
    const changes = post && draft && changesOf(draft, post);
    if (!changes) return { end: "unchanged", post, at: 0 };
    setProblem(null);
    const used = draft.items.flatMap(({ id }) => files.current.get(id) ?? []);
    const mediaIds = used.map(({ mediaId }) => mediaId);
    // They belong to the post from here on, whoever closes this before the answer.
    for (const file of used) file.mediaId = null;
    const outcome = await request<PostView>("PATCH", `/api/posts/${postId}`, { body: { ...changes, if_updated_at: post.updated_at } });
    if (outcome.ok) return { end: "saved", post: outcome.data, at: outcome.at };
    for (const [at, file] of used.entries()) file.mediaId = mediaIds[at]!;
    if (outcome.code === "conflict" && outcome.current) {
      const now = outcome.current as PostView;
      const { gone: left, ...rest } = rebase(draft, post, now);
      setDraft(rest);
      setGone(left);
      setPost(now);
      setOvertaken(true);
      return { end: "overtaken", post: now, at: 0 };
    }
    setProblem(outcome);
    return { end: "failed", post, at: 0 };
  }

  function takeTheirs() {
    if (!post) return;
    for (const id of files.current.keys()) drop(id);
    setDraft(draftOf(post));
    setOvertaken(false);
  }

  return {
    post, draft, problem, isOvertaken, gone, isChanged, change, changeItem, move, replace, drop, save,
    takeTheirs,
    /** Opens it once more. */
    again: () => (setProblem(null), setAttempt(attempt + 1)),
  };
}

type Sent = { controller: AbortController; preview: string | null; /** Arrived, and in no post yet. */ mediaId: string | null };

const kindOf = (type: string): "image" | "video" => (type.startsWith("video/") ? "video" : "image");

function giveUp(file: Sent | undefined): void {
  if (!file) return;
  file.controller.abort();
  if (file.preview) URL.revokeObjectURL(file.preview);
  if (file.mediaId) cancelUpload(file.mediaId);
}
