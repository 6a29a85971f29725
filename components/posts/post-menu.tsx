"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { setChange, useChange } from "@/components/interactions/changes";
import { copyLink } from "@/components/interactions/copy-link";
import { later } from "@/components/interactions/later";
import type * as People from "@/components/people/people-answer";
import { ConfirmLater } from "@/components/ui/confirm-later";
import { ArchiveIcon, ArrowUpIcon, BanIcon, BellIcon, ClockIcon, CommentIcon, EyeIcon, EyeOffIcon, FilmIcon, FlagIcon, FolderIcon, HeartIcon, ImageIcon, InfoIcon, LinkIcon, PencilIcon, PinIcon, RepostIcon, SlidersIcon, SubtitlesIcon, TagPersonIcon, ThumbDownIcon, TrashIcon, UserIcon, UsersIcon } from "@/components/ui/icons";
import type { MenuItem } from "@/components/ui/menu";
import { MenuButton } from "@/components/ui/menu-button";
import { toast } from "@/components/ui/toast";
import type * as Life from "./life";
import type { MenuSubject } from "./menu-subject";
import type { PostPlace } from "./post-place";
import { receiptsTitle } from "./receipts-title";

const EditPhoto = later(() => import("./edit-photo").then((m) => m.EditPhoto));
const EditAudience = later(() => import("./edit-audience").then((m) => m.EditAudience));
const EditPost = later(() => import("./edit-post").then((m) => m.EditPost));
const EditVideo = later(() => import("./edit-video").then((m) => m.EditVideo));
const Receipts = later(() => import("./receipts").then((m) => m.Receipts));
const EditSubtitles = later(() => import("./edit-subtitles").then((m) => m.EditSubtitles));

const BlockPerson = later(() => import("@/components/graph/block-person").then((m) => m.BlockPerson));
const ReportDialog = later(() => import("@/components/moderation/report-dialog").then((m) => m.ReportDialog));
const CollectionChooser = later(() => import("@/components/collections/collection-chooser").then((m) => m.CollectionChooser));
const PostNotices = later(() => import("@/components/notifications/post-notices").then((m) => m.PostNotices));
const WhyPost = later(() => import("@/components/feed/why-post").then((m) => m.WhyPost));

type Props = MenuSubject & { /** In the home feed. */ place?: PostPlace; /** On the post's own page or overlay: where to go when it is gone. */ leave?: "back" | "home" };

export function PostMenu({ leave, place, ...post }: Props) {
  const [asking, setAsking] = useState<"edit" | "audience" | "photo" | "video" | "receipts" | "subtitles" | "block" | "leave" | "why" | "report" | "collections" | "notices" | null>(null);
  const router = useRouter();
  const comments = useChange(`comments-enabled:${post.id}`, post.commentsEnabled, post.at);
  const sensitive = useChange(`sensitive:${post.id}`, post.sensitive, post.at);
  const isPinned = useChange(`pinned:${post.id}`, post.pinned, post.at);
  const reposts = useChange(`reposts-enabled:${post.id}`, post.repostsEnabled, post.at);
  const hidesLikes = useChange(`like-count-hidden:${post.id}`, post.likeCountHidden, post.at);
  const close = () => setAsking(null);

  /** Takes all of theirs off the page, and the visitor off a page that has nothing left to show. */
  function goneWithAuthor(at: number) {
    setChange(`gone:author:${post.author.id}`, true, at);
    goAway();
  }

  /** Whoever has closed the overlay or gone on meanwhile stays where they are. */
  function goAway() {
    if (window.location.pathname !== new URL(post.url, window.location.href).pathname) return;
    if (leave === "back") router.back();
    if (leave === "home") router.replace("/");
  }

  const refresh = () => router.refresh();

  const life = (work: (acts: typeof Life) => unknown) => void withCode(() => import("./life"), work);
  const wish = (what: "notInterested" | "fewerLikeThis" | "snooze") => void withCode(() => import("@/components/feed/wishes"), (wishes) => wishes[what](post));
  const people = (work: (acts: typeof People) => unknown) => withCode(() => import("@/components/people/people-answer"), work);
  // Whether following again has to be asked for first is in the answer to it.
  const followee = { ...post.author, isPrivate: false, following: true, requested: false, at: post.at };
  const unfollow = () => void withCode(() => import("@/components/graph/follow-state"), (acts) => acts.unfollowWithUndo(followee, followee));

  const items: (MenuItem | "line")[] = [{ label: "Copy link", icon: <LinkIcon />, onSelect: () => void copyLink(post.url) }];
  if (post.whose !== "visitor" && post.published) items.push({ label: "Save to a collection", icon: <FolderIcon />, onSelect: () => setAsking("collections") });
  if (post.whose !== "visitor" && post.published) items.push({ label: "Notifications", icon: <BellIcon />, onSelect: () => setAsking("notices") });
  if (place) items.push({ label: "Why this post?", icon: <InfoIcon />, onSelect: () => setAsking("why") });
  if (post.whose === "own") {
    if (post.published) {
      items.unshift({ label: "Edit post", icon: <PencilIcon />, onSelect: () => setAsking("edit") });
      if (post.photos.length > 0) items.splice(1, 0, { label: post.photos.length > 1 ? "Edit a photo" : "Edit photo", icon: <SlidersIcon />, onSelect: () => setAsking("photo") });
      if (post.videos.length > 0) items.splice(post.photos.length > 0 ? 2 : 1, 0, { label: post.videos.length > 1 ? "Edit a video" : "Edit video", icon: <FilmIcon />, onSelect: () => setAsking("video") });
      items.push({ label: comments ? "Turn off comments" : "Turn on comments", icon: <CommentIcon />, onSelect: () => life((acts) => acts.setFlag(post.id, "comments_enabled", !comments)) });
      items.push({ label: sensitive ? "Not sensitive" : "Mark as sensitive", icon: sensitive ? <EyeIcon /> : <EyeOffIcon />, onSelect: () => life((acts) => acts.setFlag(post.id, "is_sensitive", !sensitive)) });
      items.push({ label: reposts ? "Turn off reposts" : "Turn on reposts", icon: <RepostIcon />, onSelect: () => life((acts) => acts.setFlag(post.id, "reposts_enabled", !reposts)) });
      items.push({ label: hidesLikes ? "Show like count" : "Hide like count", icon: <HeartIcon />, onSelect: () => life((acts) => acts.setFlag(post.id, "like_count_hidden", !hidesLikes)) });
      items.push({ label: receiptsTitle(post.items), icon: <ImageIcon />, onSelect: () => setAsking("receipts") });
    }
    items.push({ label: "Who can see it", icon: <UsersIcon />, onSelect: () => setAsking("audience") });
    if (post.videos.length > 0) items.push({ label: "Subtitles", icon: <SubtitlesIcon />, onSelect: () => setAsking("subtitles") });
    items.push("line");
    if (post.published && !post.archived) {
      items.push({ label: isPinned ? "Unpin from profile" : "Pin to profile", icon: <PinIcon />, onSelect: () => life((acts) => acts.pin(post.id, !isPinned, refresh)) });
      if (isPinned) items.push({ label: "Move up among pinned", icon: <ArrowUpIcon />, onSelect: () => life((acts) => acts.movePinUp(post.id, post.author.username, refresh)) });
      items.push({ label: "Archive", icon: <ArchiveIcon />, onSelect: () => life((acts) => acts.archive(post.id, { leave: goAway, refresh })) });
    }
    if (post.archived) items.push({ label: "Show on profile again", icon: <ArchiveIcon />, onSelect: () => life((acts) => acts.showAgain(post.id, refresh)) });
    items.push({ label: "Delete", icon: <TrashIcon />, danger: true, onSelect: () => life((acts) => acts.remove(post.id, { leave: goAway, refresh })) });
  }
  if (post.tagged) items.push({ label: "Remove me from the photo", icon: <TagPersonIcon />, onSelect: () => void people((acts) => acts.removeMe(post.id, refresh)) });
  if (post.collaborates) items.push({ label: "Leave this post", icon: <UserIcon />, onSelect: () => setAsking("leave") });
  if (post.whose === "other") {
    if (post.following) items.push({ label: `Unfollow ${post.author.username}`, icon: <UserIcon />, onSelect: () => unfollow() });
    if (place) {
      items.push("line");
      items.push({ label: "Not interested", icon: <EyeOffIcon />, onSelect: () => wish("notInterested") });
      items.push({ label: "Fewer like this", icon: <ThumbDownIcon />, onSelect: () => wish("fewerLikeThis") });
      items.push({ label: `Snooze ${post.author.username} for 30 days`, icon: <ClockIcon />, onSelect: () => wish("snooze") });
    }
    items.push("line", { label: "Report", icon: <FlagIcon />, onSelect: () => setAsking("report") });
    items.push({ label: `Block ${post.author.username}`, icon: <BanIcon />, danger: true, onSelect: () => setAsking("block") });
  }

  return (
    <>
      <MenuButton label="More options" tone="muted" items={items} className="-mr-2.5" />
      {asking === "why" && place ? <WhyPost gaveUp={close} reason={place.reason} author={post.author.username} isOwn={post.whose === "own"} onClose={close} /> : null}
      {asking === "report" ? <ReportDialog gaveUp={close} subject={{ kind: "post", id: post.id, author: post.author }} onClose={close} onBlocked={goneWithAuthor} /> : null}
      {asking === "collections" ? <CollectionChooser gaveUp={close} postId={post.id} onClose={close} /> : null}
      {asking === "notices" ? <PostNotices gaveUp={close} postId={post.id} isOwn={post.whose === "own"} onClose={close} /> : null}
      {asking === "edit" ? <EditPost gaveUp={close} postId={post.id} onClose={close} /> : null}
      {asking === "audience" ? <EditAudience gaveUp={close} postId={post.id} shown={post.audience} isPrivate={post.isPrivate} at={post.at} onClose={close} /> : null}
      {asking === "photo" ? <EditPhoto gaveUp={close} postId={post.id} photos={post.photos} onClose={close} /> : null}
      {asking === "video" ? <EditVideo gaveUp={close} postId={post.id} videos={post.videos} onClose={close} /> : null}
      {asking === "receipts" ? <Receipts gaveUp={close} items={post.items} onClose={close} /> : null}
      {asking === "subtitles" ? <EditSubtitles gaveUp={close} videos={post.videos} onClose={close} /> : null}
      {asking === "leave" ? (
        <ConfirmLater open onOpenChange={close} title="Leave this post?" confirm="Leave" danger onConfirm={() => people((acts) => acts.leavePost(post.id, refresh))}>
          It goes from your profile and your followers’ feeds, and you can’t be invited to it again.
        </ConfirmLater>
      ) : null}
      {asking === "block" ? <BlockPerson gaveUp={close} user={post.author} onClose={close} onBlocked={goneWithAuthor} /> : null}
    </>
  );
}

/** Does what needs code that the feed's first load should not carry. False, after a word, when that cannot be had. */
function withCode<Code>(load: () => Promise<Code>, work: (code: Code) => unknown): Promise<unknown> {
  return load().then(work, () => (toast.error("That did not work", { description: "Check your connection." }), false));
}
