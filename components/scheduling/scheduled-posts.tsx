"use client";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { later } from "@/components/interactions/later";
import { request } from "@/components/interactions/request";
import { CANCELLED, remove } from "@/components/posts/life";
import { Button } from "@/components/ui/button";
import { ClockIcon, SendIcon, TrashIcon } from "@/components/ui/icons";
import { MenuButton } from "@/components/ui/menu-button";
import { Skeleton } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toast";
import { TryAgain } from "@/components/ui/try-again";
import { LocalTime } from "./local-time";
import type { Day } from "./zoned-time";

const Calendar = later(() => import("./calendar").then((m) => m.Calendar));
const ScheduleDialog = later(() => import("./schedule-dialog").then((m) => m.ScheduleDialog));

export type ScheduledPost = { id: string; shortcode: string; caption: string; at: string | null; url: string; alt: string; isReady: boolean };

const isOn = (at: string, { year, month, date }: Day) => {
  const local = new Date(at);
  return local.getFullYear() === year && local.getMonth() === month && local.getDate() === date;
};

/** A calendar of what is to appear, and the list of it; a day that is chosen narrows the list. */
export function ScheduledPosts({ posts }: { posts: ScheduledPost[] }) {
  const [day, setDay] = useState<Day | null>(null);
  const [isWithout, setWithout] = useState(false);
  const shown = day ? posts.filter(({ at }) => at !== null && isOn(at, day)) : posts;
  return (
    <div className="flex flex-col gap-8">
      {isWithout ? <TryAgain problem="The calendar could not be fetched." onAgain={() => setWithout(false)} /> : (
        <Calendar gaveUp={() => setWithout(true)} meanwhile={<Skeleton className="h-80 w-full rounded-md" />} selected={day} onSelect={setDay} marked={posts.flatMap(({ at }) => (at ? [new Date(at)] : []))} />
      )}
      <div>
        <div className="flex min-h-11 items-center justify-between gap-3">
          <p aria-live="polite" className="text-ui text-muted">{day ? `${shown.length === 1 ? "1 post" : `${shown.length} posts`} on this day` : `${posts.length === 1 ? "1 post" : `${posts.length} posts`} in all`}</p>
          {day ? <Button size="sm" variant="ghost" onClick={() => setDay(null)}>Show all</Button> : null}
        </div>
        <ul className="divide-y border-y">
          {shown.map((post) => <Row key={post.id} post={post} />)}
        </ul>
      </div>
    </div>
  );
}

function Row({ post }: { post: ScheduledPost }) {
  const router = useRouter();
  const [isChanging, setChanging] = useState(false);
  const refresh = () => router.refresh();

  async function change(at: Date) {
    const outcome = await request("PATCH", `/api/posts/${post.id}`, { body: { scheduled_for: at.toISOString() } });
    if (!outcome.ok) return (toast.error("The time was not changed", { description: outcome.code === "not_found" ? "The post has appeared already." : outcome.message }), refresh(), false);
    toast.success("The time is changed");
    refresh();
    return true;
  }

  async function publish() {
    const outcome = await request("POST", `/api/posts/${post.id}/publish`);
    if (!outcome.ok) return toast.error("The post was not published", { description: outcome.message });
    toast.success("Your post is out");
    refresh();
  }

  return (
    <li className="flex items-center gap-3 py-3">
      <Link href={`/p/${post.shortcode}`} prefetch={false} scroll={false} className="flex min-w-0 flex-1 items-center gap-3 rounded-md">
        <span className="size-16 shrink-0 overflow-hidden rounded-md bg-sunken">{post.isReady ? <img src={post.url} alt={post.alt} width={64} height={64} loading="lazy" className="size-full object-cover" /> : null}</span>
        <span className="min-w-0">
          <span dir="auto" className="line-clamp-2 text-ui font-medium break-words">{post.caption || post.alt || "Post without words"}</span>
          <span className="mt-0.5 flex items-center gap-1.5 text-sm text-muted"><ClockIcon className="size-4 shrink-0" />{post.at ? <LocalTime value={post.at} /> : "Its time has passed: choose another"}</span>
        </span>
      </Link>
      <MenuButton
        label={`Options for “${post.caption.slice(0, 30) || "the post"}”`}
        tone="muted"
        items={[
          { label: "Change time", icon: <ClockIcon />, onSelect: () => setChanging(true) },
          { label: "Post now", icon: <SendIcon />, onSelect: () => void publish() },
          "line",
          { label: "Cancel this post", icon: <TrashIcon />, danger: true, onSelect: () => void remove(post.id, { leave: refresh, refresh }, CANCELLED) },
        ]}
      />
      {isChanging ? <ScheduleDialog gaveUp={() => setChanging(false)} value={post.at ? new Date(post.at) : null} done="Change time" onDone={change} onClose={() => setChanging(false)} /> : null}
    </li>
  );
}
