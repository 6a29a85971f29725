"use client";
import { useEffect, useRef, useState } from "react";
import { request } from "@/components/interactions/request";
import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { controlClass } from "@/components/ui/field";
import { CheckIcon } from "@/components/ui/icons";
import { Spinner } from "@/components/ui/spinner";
import { toast } from "@/components/ui/toast";
import { randomKey } from "@/lib/platform/random-key";
import type { ThreadView } from "@/lib/messages/types";
import type { UserSummary } from "@/lib/profiles/types";
import { MAX_TEXT } from "./outgoing";
import { ThreadPicture } from "./thread-picture";
import { titleOf } from "./wording";

const PAUSE_MS = 200;
const MOST = 20;

type Target = { key: string; title: string; detail: string; picture: React.ReactNode; threadId?: string; userId?: string };
type Answer = { sent: { thread_id: string; message_id: string }[]; refused: { user_id?: string; thread_id?: string; reason: string }[] };
type Props = { shared: { kind: "post" | "profile"; id: string }; onDone: () => void; onBack: () => void; /** Whether something would be lost. */ onWords: (are: boolean) => void };

const ofThread = (thread: ThreadView): Target => ({ key: `t${thread.id}`, threadId: thread.id, title: titleOf(thread), detail: thread.kind === "group" ? `${thread.member_count} members` : (thread.people[0]?.username ?? ""), picture: <ThreadPicture thread={thread} className="size-10!" /> });
const ofPerson = (user: UserSummary): Target => ({ key: `u${user.id}`, userId: user.id, title: user.full_name || user.username, detail: user.username, picture: <Avatar src={user.avatar_url} name={user.full_name || user.username} className="size-10!" /> });

/** Sends a post or a profile to people and into conversations, with some words. */
export function SendTo({ shared, onDone, onBack, onWords }: Props) {
  const [q, setQ] = useState("");
  const { targets, problem, isBusy } = useTargets(q);
  const [chosen, setChosen] = useState<Target[]>([]);
  const [text, setText] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  // However often it is pressed, it is sent once.
  const key = useRef(randomKey());

  const toggle = (target: Target) => {
    const now = chosen.some((one) => one.key === target.key) ? chosen.filter((one) => one.key !== target.key) : [...chosen, target].slice(0, MOST);
    setChosen(now);
    onWords(now.length > 0 || text !== "");
    setError(null);
  };

  async function send() {
    setBusy(true);
    const outcome = await request<Answer>("POST", "/api/direct/share", {
      body: { shared, user_ids: chosen.flatMap(({ userId }) => userId ?? []), thread_ids: chosen.flatMap(({ threadId }) => threadId ?? []), ...(text.trim() ? { text: text.trim() } : {}), client_id: key.current },
    });
    setBusy(false);
    if (!outcome.ok) return setError(outcome.fields?.text ?? outcome.message);
    const { sent, refused } = outcome.data;
    if (sent.length === 0 && refused.length > 0) return setError(refused[0]!.reason);
    toast.success(sent.length === 1 ? "Sent" : `Sent to ${sent.length} conversations`, refused.length > 0 ? { description: `Not to ${refused.length === 1 ? "one" : refused.length} of them: ${refused[0]!.reason}` } : undefined);
    onDone();
  }

  // What is chosen stays in sight, whatever one looks for then.
  const shown = [...chosen.filter(({ key: of }) => !targets.some((one) => one.key === of)), ...targets];
  return (
    <div role="search" aria-label="To whom?">
      <div className="relative">
        <input type="search" aria-label="To whom?" placeholder="To whom?" maxLength={100} autoComplete="off" autoCapitalize="none" dir="auto" value={q} className={controlClass} onChange={(event) => setQ(event.target.value)} />
        {isBusy ? <Spinner className="absolute top-3.5 right-3.5 text-muted" /> : null}
      </div>
      <p role="status" className="min-h-5 text-sm text-muted">{problem ?? (!isBusy && shown.length === 0 ? "Nobody is called that." : "")}</p>
      <ul aria-label="People and conversations" className="-mx-2 h-64 overflow-y-auto overscroll-contain">
        {shown.map((target) => {
          const on = chosen.some((one) => one.key === target.key);
          return (
            <li key={target.key}>
              <button type="button" role="checkbox" aria-checked={on} aria-label={target.title} onClick={() => toggle(target)} className="flex min-h-14 w-full items-center gap-3 rounded-md px-2 text-left hover:bg-sunken">
                {target.picture}
                <span className="min-w-0 flex-1"><bdi className="block truncate text-ui font-semibold">{target.title}</bdi><bdi className="block truncate text-sm text-muted">{target.detail}</bdi></span>
                <span aria-hidden="true" className={cn("flex size-6 shrink-0 items-center justify-center rounded-full border", on ? "border-accent bg-accent text-on-accent" : "border-strong")}>{on ? <CheckIcon className="size-4" /> : null}</span>
              </button>
            </li>
          );
        })}
      </ul>
      <input type="text" aria-label="Message" placeholder="Add a message, if you like" dir="auto" maxLength={MAX_TEXT} value={text} className={`${controlClass} mt-3`} onChange={(event) => { setText(event.target.value); onWords(event.target.value !== "" || chosen.length > 0); }} />
      {error ? <p role="alert" className="mt-2 text-sm text-danger">{error}</p> : null}
      <div className="mt-4 flex justify-end gap-3">
        <Button variant="ghost" disabled={busy} onClick={onBack}>Back</Button>
        <Button variant="primary" disabled={chosen.length === 0} loading={busy} onClick={() => void send()}>{chosen.length > 1 ? `Send to ${chosen.length}` : "Send"}</Button>
      </div>
    </div>
  );
}

/** Conversations that are called so, then people with whom there is none yet. */
function useTargets(q: string) {
  const [threads, setThreads] = useState<ThreadView[] | null>(null);
  const [people, setPeople] = useState<{ q: string; users: UserSummary[] } | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    let isWanted = true;
    void request<{ threads: ThreadView[] }>("GET", "/api/direct?folder=inbox&limit=50").then((outcome) => isWanted && (outcome.ok ? setThreads(outcome.data.threads) : setProblem(outcome.message)));
    return () => void (isWanted = false);
  }, []);
  useEffect(() => {
    let isWanted = true;
    const timer = setTimeout(async () => {
      const outcome = await request<{ users: UserSummary[] }>("GET", `/api/direct/people?${new URLSearchParams({ q: q.trim() })}`);
      if (!isWanted) return;
      setProblem(outcome.ok ? null : outcome.message);
      if (outcome.ok) setPeople({ q, users: outcome.data.users });
    }, q === "" ? 0 : PAUSE_MS);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [q]);
  const wanted = q.trim().toLowerCase();
  const open = (threads ?? []).filter((thread) => thread.viewer.cannot_write === null && `${titleOf(thread)} ${thread.people.map(({ username, full_name }) => `${username} ${full_name}`).join(" ")}`.toLowerCase().includes(wanted));
  const paired = new Set(open.flatMap(({ kind, people: [other] }) => (kind === "pair" && other ? [other.id] : [])));
  const targets = [...open.map(ofThread), ...(people?.users ?? []).filter(({ id }) => !paired.has(id)).map(ofPerson)];
  return { targets, problem, isBusy: !problem && (threads === null || people?.q !== q) };
}
