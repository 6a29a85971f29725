"use client";
import { useEffect, useRef, useState } from "react";
import { request } from "@/components/interactions/request";
import { isLive, onLive } from "@/components/live/events";
import type { Folder, ThreadView } from "@/lib/messages/types";
import { compareIds } from "@/lib/platform/compare-ids";
import { onInboxChange } from "./inbox-changes";
import { onReturn } from "./on-return";

type Counts = { unread_count: number; request_count: number };
type Answer = { threads: ThreadView[]; pagination: { next_cursor: string | null } };
export type InboxStart = { threads: ThreadView[]; next: string | null; requestCount: number; /** When the server made it, ms. */ at: number };

/** Events within this are asked about together, ms. */
const GATHER_MS = 60;
const POLL_MS = 30_000;
/** A list that was made longer ago is looked at again when it appears. */
const FRESH_MS = 3_000;

/** Pinned first, then the newest. */
const inOrder = (threads: ThreadView[]): ThreadView[] =>
  threads.toSorted((a, b) => Number(b.is_pinned) - Number(a.is_pinned) || Date.parse(b.updated_at) - Date.parse(a.updated_at) || compareIds(b.id, a.id));

const withThread = (threads: ThreadView[], thread: ThreadView): ThreadView[] => inOrder([...threads.filter(({ id }) => id !== thread.id), thread]);

/** One's conversations as far as they are loaded, following what happens in them. */
export function useInbox(folder: Folder, start: InboxStart) {
  const [threads, setThreads] = useState(start.threads);
  const [next, setNext] = useState(start.next);
  const [requestCount, setRequestCount] = useState(start.requestCount);
  const [state, setState] = useState<"idle" | "busy" | "failed">("idle");
  const latest = useRef(threads);
  useEffect(() => void (latest.current = threads), [threads]);

  async function more() {
    if (next === null || state === "busy") return;
    setState("busy");
    const outcome = await request<Answer>("GET", `/api/direct?${new URLSearchParams({ folder, limit: "30", cursor: next })}`);
    setState(outcome.ok ? "idle" : "failed");
    if (!outcome.ok) return;
    setThreads((now) => [...now, ...outcome.data.threads.filter(({ id }) => !now.some((known) => known.id === id))]);
    setNext(outcome.data.pagination.next_cursor);
  }

  useEffect(() => {
    const waiting = new Set<string>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isWanted = true;
    // Answers may overtake one another: of each conversation the one counts that was asked for last.
    let asked = 0;
    const answered = new Map<string, number>();
    let timesCounted = 0;

    /** Requests that were answered, here or elsewhere, are told by no event. */
    async function countRequests() {
      if (folder !== "inbox") return;
      const mine = ++timesCounted;
      const outcome = await request<Counts>("GET", "/api/direct/unread");
      if (outcome.ok && isWanted && mine === timesCounted) setRequestCount(outcome.data.request_count);
    }
    async function renew() {
      void countRequests();
      const mine = ++asked;
      const outcome = await request<Answer>("GET", `/api/direct?${new URLSearchParams({ folder, limit: "30" })}`);
      if (!outcome.ok || !isWanted) return;
      const { threads: first, pagination } = outcome.data;
      const isWhole = pagination.next_cursor === null;
      const isNewer = ({ id }: ThreadView) => (answered.get(id) ?? 0) > mine;
      const end = Date.parse(first.at(-1)?.updated_at ?? "");
      // What was loaded further down stays, and what was answered meanwhile.
      const stays = (thread: ThreadView) => isNewer(thread) || (!isWhole && !thread.is_pinned && Date.parse(thread.updated_at) < end && !first.some(({ id }) => id === thread.id));
      setThreads((now) => inOrder([...first.filter((thread) => !isNewer(thread)), ...now.filter(stays)]));
      if (isWhole || latest.current.length <= first.length) setNext(pagination.next_cursor);
    }
    async function ask() {
      timer = undefined;
      const ids = [...waiting];
      waiting.clear();
      const mine = ++asked;
      const outcomes = await Promise.all(ids.map((id) => request<ThreadView>("GET", `/api/direct/${id}`)));
      if (!isWanted) return;
      outcomes.forEach((outcome, i) => {
        if ((answered.get(ids[i]!) ?? 0) > mine) return;
        answered.set(ids[i]!, mine);
        if (outcome.ok && outcome.data.folder === folder && (outcome.data.last_message || (outcome.data.kind === "group" && outcome.data.viewer.is_member))) setThreads((now) => withThread(now, outcome.data));
        else if (outcome.ok || outcome.code === "not_found") setThreads((now) => now.filter(({ id }) => id !== ids[i]));
      });
    }
    const stops = [
      onLive("message", ({ thread_id: id, what, request_count: count }) => {
        timesCounted++;
        setRequestCount(count);
        if (what === "seen" && !latest.current.some((thread) => thread.id === id && thread.unread_count > 0)) return;
        waiting.add(id);
        timer ??= setTimeout(() => void ask(), GATHER_MS);
      }),
      onLive("reload", () => void renew()),
      onReturn((mayHaveMissed) => mayHaveMissed && void renew()),
      onInboxChange((change) => {
        if (change.kind === "gone") {
          if (change.folder !== "inbox") void countRequests();
          if (change.folder !== null && change.folder !== folder) return;
          return setThreads((now) => now.filter(({ id }) => id !== change.id));
        }
        setThreads((now) => (change.thread.folder === folder && now.some(({ id }) => id === change.thread.id) ? withThread(now, change.thread) : now));
      }),
    ];
    const again = () => document.visibilityState === "visible" && !isLive() && void renew();
    const poll = setInterval(again, POLL_MS);
    // Clocks that differ ask once too often.
    if (Math.abs(Date.now() - start.at) > FRESH_MS) void renew();
    return () => {
      isWanted = false;
      clearTimeout(timer);
      clearInterval(poll);
      stops.forEach((stop) => stop());
    };
    // Later renders of the page do not begin again.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [folder]);

  return { threads, next, state, more, requestCount };
}
