"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { setChange, UNCONFIRMED, useChange } from "@/components/interactions/changes";
import { copyLink } from "@/components/interactions/copy-link";
import { later } from "@/components/interactions/later";
import { request } from "@/components/interactions/request";
import { ConfirmLater } from "@/components/ui/confirm-later";
import { BanIcon, ClockIcon, CommentIcon, EyeOffIcon, FilmIcon, ImageIcon, InfoIcon, LinkIcon, PencilIcon, SlidersIcon, SubtitlesIcon, ThumbDownIcon, TrashIcon, UserIcon } from "@/components/ui/icons";
import type { MenuItem } from "@/components/ui/menu";
import { MenuButton } from "@/components/ui/menu-button";
import { toast } from "@/components/ui/toast";
import type { MenuSubject } from "./menu-subject";
import type { PostPlace } from "./post-place";
import { receiptsTitle } from "./receipts-title";

const EditPhoto = later(() => import("./edit-photo").then((m) => m.EditPhoto));
const EditCaption = later(() => import("./edit-caption").then((m) => m.EditCaption));
const EditVideo = later(() => import("./edit-video").then((m) => m.EditVideo));
const Receipts = later(() => import("./receipts").then((m) => m.Receipts));
const EditSubtitles = later(() => import("./edit-subtitles").then((m) => m.EditSubtitles));

const WhyPost = later(() => import("@/components/feed/why-post").then((m) => m.WhyPost));

type Props = MenuSubject & { /** In the home feed. */ place?: PostPlace; /** On the post's own page or overlay: where to go when it is gone. */ leave?: "back" | "home" };

export function PostMenu({ leave, place, ...post }: Props) {
  const [asking, setAsking] = useState<"edit" | "photo" | "video" | "receipts" | "subtitles" | "delete" | "block" | "why" | null>(null);
  const router = useRouter();
  const comments = useChange(`comments-enabled:${post.id}`, post.commentsEnabled, post.at);
  const close = () => setAsking(null);

  /** Takes it off the page, and the visitor off a page that has nothing left to show. */
  function vanish(key: string, words: string) {
    setChange(key, true, UNCONFIRMED);
    toast.success(words);
    if (leave === "back") router.back();
    if (leave === "home") router.replace("/");
  }

  async function remove() {
    const outcome = await request("DELETE", `/api/posts/${post.id}`);
    if (outcome.ok) return vanish(`gone:post:${post.id}`, "Post deleted");
    toast.error("The post was not deleted", { description: outcome.message });
    return false;
  }

  async function block() {
    const outcome = await request("POST", `/api/users/${post.author.id}/block`);
    if (outcome.ok) return vanish(`gone:author:${post.author.id}`, `You blocked ${post.author.username}`);
    toast.error("Blocking did not work", { description: outcome.message });
    return false;
  }

  async function allowComments(enabled: boolean) {
    const outcome = await request("PATCH", `/api/posts/${post.id}`, { body: { comments_enabled: enabled } });
    if (!outcome.ok) return toast.error("That was not changed", { description: outcome.message });
    setChange(`comments-enabled:${post.id}`, enabled, outcome.at);
    toast.success(enabled ? "Comments are on" : "Comments are off");
  }

  /** Loaded with the first wish: the feed's first load should not carry it. */
  function wish(what: "notInterested" | "fewerLikeThis" | "snooze") {
    import("@/components/feed/wishes").then((wishes) => wishes[what](post), () => toast.error("That did not work", { description: "Check your connection." }));
  }

  const items: (MenuItem | "line")[] = [{ label: "Copy link", icon: <LinkIcon />, onSelect: () => void copyLink(post.url) }];
  if (place) items.push({ label: "Why this post?", icon: <InfoIcon />, onSelect: () => setAsking("why") });
  if (post.whose === "own") {
    if (post.published) {
      items.unshift({ label: "Edit caption", icon: <PencilIcon />, onSelect: () => setAsking("edit") });
      if (post.photos.length > 0) items.splice(1, 0, { label: post.photos.length > 1 ? "Edit a photo" : "Edit photo", icon: <SlidersIcon />, onSelect: () => setAsking("photo") });
      if (post.videos.length > 0) items.splice(post.photos.length > 0 ? 2 : 1, 0, { label: post.videos.length > 1 ? "Edit a video" : "Edit video", icon: <FilmIcon />, onSelect: () => setAsking("video") });
      items.push({ label: comments ? "Turn off comments" : "Turn on comments", icon: <CommentIcon />, onSelect: () => void allowComments(!comments) });
      items.push({ label: receiptsTitle(post.items), icon: <ImageIcon />, onSelect: () => setAsking("receipts") });
    }
    if (post.videos.length > 0) items.push({ label: "Subtitles", icon: <SubtitlesIcon />, onSelect: () => setAsking("subtitles") });
    items.push("line", { label: "Delete", icon: <TrashIcon />, danger: true, onSelect: () => setAsking("delete") });
  }
  if (post.whose === "other") {
    if (post.following) items.push({ label: `Unfollow ${post.author.username}`, icon: <UserIcon />, onSelect: () => void unfollow(post.author) });
    if (place) {
      items.push("line");
      items.push({ label: "Not interested", icon: <EyeOffIcon />, onSelect: () => wish("notInterested") });
      items.push({ label: "Fewer like this", icon: <ThumbDownIcon />, onSelect: () => wish("fewerLikeThis") });
      items.push({ label: `Snooze ${post.author.username} for 30 days`, icon: <ClockIcon />, onSelect: () => wish("snooze") });
    }
    items.push("line", { label: `Block ${post.author.username}`, icon: <BanIcon />, danger: true, onSelect: () => setAsking("block") });
  }

  return (
    <>
      <MenuButton label="More options" tone="muted" items={items} className="-mr-2.5" />
      {asking === "why" && place ? <WhyPost gaveUp={close} reason={place.reason} author={post.author.username} isOwn={post.whose === "own"} onClose={close} /> : null}
      {asking === "edit" ? <EditCaption gaveUp={close} postId={post.id} caption={post.caption} at={post.at} onClose={close} /> : null}
      {asking === "photo" ? <EditPhoto gaveUp={close} postId={post.id} photos={post.photos} onClose={close} /> : null}
      {asking === "video" ? <EditVideo gaveUp={close} postId={post.id} videos={post.videos} onClose={close} /> : null}
      {asking === "receipts" ? <Receipts gaveUp={close} items={post.items} onClose={close} /> : null}
      {asking === "subtitles" ? <EditSubtitles gaveUp={close} videos={post.videos} onClose={close} /> : null}
      {asking === "delete" ? (
        <ConfirmLater open onOpenChange={close} title="Delete this post?" confirm="Delete" danger onConfirm={remove}>
          It disappears for everyone at once, with its likes and comments.
        </ConfirmLater>
      ) : null}
      {asking === "block" ? (
        <ConfirmLater open onOpenChange={close} title={`Block ${post.author.username}?`} confirm="Block" danger onConfirm={block}>
          Neither of you will see the other’s profile, posts or comments. They are not told.
        </ConfirmLater>
      ) : null}
    </>
  );
}

async function unfollow({ id, username }: MenuSubject["author"]) {
  const outcome = await request("DELETE", `/api/users/${id}/follow`);
  if (!outcome.ok) return toast.error(`You still follow ${username}`, { description: outcome.message });
  toast(`You no longer follow ${username}`, { action: { label: "Undo", onClick: () => void request("POST", `/api/users/${id}/follow`) } });
}
