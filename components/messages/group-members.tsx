"use client";
import Link from "next/link";
import { useEffect, useRef, useState } from "react";
import { later } from "@/components/interactions/later";
import { request } from "@/components/interactions/request";
import { onLive } from "@/components/live/events";
import { PersonName } from "@/components/posts/person-name";
import { Avatar } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { ConfirmLater } from "@/components/ui/confirm-later";
import { controlClass } from "@/components/ui/field";
import { MinusIcon, ShieldIcon } from "@/components/ui/icons";
import { MenuButton } from "@/components/ui/menu-button";
import { toast } from "@/components/ui/toast";
import type { MemberView, ThreadView } from "@/lib/messages/types";
import { More } from "./inbox";

const AddMembers = later(() => import("./add-members").then((m) => m.AddMembers));

const MOST = 250;
/** With more members there is a field to find some. */
const MANY = 15;
const PAUSE_MS = 250;

type Answer = { members: MemberView[]; pagination: { next_cursor: string | null } };
type Props = { thread: ThreadView; start: { items: MemberView[]; next: string | null }; selfId: string; onAdded: () => void };

/** Who is in a group; its admins make admins and remove people, everybody in it adds some. */
export function GroupMembers({ thread, start, selfId, onAdded }: Props) {
  const { id, member_count: count, viewer } = thread;
  const [{ items, next }, setList] = useState(start);
  const [state, setState] = useState<"idle" | "busy" | "failed">("idle");
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<MemberView | null>(null);
  const [q, setQ] = useState("");
  const asked = useRef(0);
  const isAdmin = viewer.role === "admin" && viewer.is_member;

  async function load(search: string, cursor: string | null) {
    const mine = ++asked.current;
    setState("busy");
    const outcome = await request<Answer>("GET", `/api/direct/${id}/members?${new URLSearchParams({ limit: "50", ...(search ? { q: search } : {}), ...(cursor ? { cursor } : {}) })}`);
    if (mine !== asked.current) return;
    setState(outcome.ok ? "idle" : "failed");
    if (!outcome.ok) return;
    const { members, pagination } = outcome.data;
    setList((now) => ({ items: cursor ? [...now.items, ...members.filter(({ user }) => !now.items.some((one) => one.user.id === user.id))] : members, next: pagination.next_cursor }));
  }

  useEffect(() => {
    if (q === "") return;
    const timer = setTimeout(() => void load(q, null), PAUSE_MS);
    return () => clearTimeout(timer);
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- only what is typed asks
  }, [q]);
  useEffect(() => onLive("message", ({ thread_id, what }) => void (thread_id === id && what === "thread" && load(q, null))), [id, q]); // oxlint-disable-line react-hooks/exhaustive-deps

  async function setRole({ user }: MemberView, role: MemberView["role"]) {
    const outcome = await request("PATCH", `/api/direct/${id}/members/${user.id}`, { body: { role } });
    if (!outcome.ok) return toast.error("That was not changed", { description: outcome.message });
    setList((now) => ({ ...now, items: now.items.map((one) => (one.user.id === user.id ? { ...one, role } : one)) }));
  }

  async function remove({ user }: MemberView) {
    const outcome = await request("DELETE", `/api/direct/${id}/members/${user.id}`);
    if (!outcome.ok) {
      toast.error(`${user.username} is still in the group`, { description: outcome.message });
      return false;
    }
    setList((now) => ({ ...now, items: now.items.filter((one) => one.user.id !== user.id) }));
  }

  return (
    <section aria-labelledby="members">
      <div className="flex items-center justify-between gap-3">
        <h2 id="members" className="text-lg">Members</h2>
        {viewer.is_member && count < MOST ? <Button size="sm" onClick={() => setAdding(true)}>Add people</Button> : null}
      </div>
      {count > MANY ? <input type="search" aria-label="Find a member" placeholder="Find a member" maxLength={100} className={`${controlClass} mt-2`} onChange={(event) => { const text = event.target.value.trim(); setQ(text); if (text === "") void load("", null); }} /> : null}
      <ul className="mt-2">
        {items.map((member) => (
          <li key={member.user.id} className="flex min-h-15 items-center gap-2">
            <Link href={`/${member.user.username}`} prefetch={false} className="flex min-w-0 flex-1 items-center gap-3 rounded-md py-1">
              <Avatar src={member.user.avatar_url} name={member.user.full_name || member.user.username} />
              <span className="min-w-0 flex-1">
                <PersonName user={member.user} className="max-w-full text-ui font-semibold" />
                {member.user.full_name ? <bdi className="block truncate text-sm text-muted">{member.user.full_name}</bdi> : null}
              </span>
            </Link>
            {member.role === "admin" ? <Badge tone="accent">Admin</Badge> : null}
            {isAdmin && member.user.id !== selfId ? (
              <MenuButton
                label={`Options for ${member.user.username}`} tone="muted"
                items={[
                  member.role === "admin" ? { label: "Take from the admins", icon: <ShieldIcon />, onSelect: () => void setRole(member, "member") } : { label: "Make an admin", icon: <ShieldIcon />, onSelect: () => void setRole(member, "admin") },
                  "line",
                  { label: "Remove from the group", icon: <MinusIcon />, danger: true, onSelect: () => setRemoving(member) },
                ]}
              />
            ) : null}
          </li>
        ))}
      </ul>
      <More next={next} state={state} more={() => void load(q, next)} />
      {adding ? <AddMembers gaveUp={() => setAdding(false)} threadId={id} room={MOST - count} without={items.map(({ user }) => user.id)} onClose={() => setAdding(false)} onDone={() => { setAdding(false); void load(q, null); onAdded(); }} /> : null}
      {removing ? <ConfirmLater open onOpenChange={() => setRemoving(null)} title={`Remove ${removing.user.username}?`} confirm="Remove" danger onConfirm={() => remove(removing)}>They keep what was written until now. The group reads that they were removed.</ConfirmLater> : null}
    </section>
  );
}
