"use client";
import { useState } from "react";
import { Button, type ButtonSize } from "@/components/ui/button";
import { ConfirmLater } from "@/components/ui/confirm-later";
import { type Followee, unfollowWithUndo, useFollow } from "./follow-state";

type Props = { followee: Followee; signedIn: boolean; size?: ButtonSize; full?: boolean };

/** Follow, Following or Requested; the name of the button is its state. */
export function FollowButton({ followee, signedIn, size = "sm", full }: Props) {
  const [{ following, requested }, setFollowing] = useFollow(followee);
  const [asking, setAsking] = useState(false);
  const { username, isPrivate } = followee;

  function press() {
    if (!signedIn) return window.location.assign(`/login?next=${encodeURIComponent(`/${username}`)}`);
    // Only their consent brings it back, so it should not end by a slip.
    if (following && isPrivate) return setAsking(true);
    if (following) return void unfollowWithUndo(followee, { following, requested });
    setFollowing(!requested);
  }

  const label = following ? "Following" : requested ? "Requested" : "Follow";
  const hint = following ? `Unfollow ${username}` : requested ? `Take back your request to ${username}` : `Follow ${username}`;
  return (
    <>
      <Button variant={following || requested ? "secondary" : "primary"} size={size} full={full} title={hint} onClick={press} className="min-w-28">
        {label}
      </Button>
      {asking ? (
        <ConfirmLater open onOpenChange={setAsking} title={`Unfollow ${username}?`} confirm="Unfollow" onConfirm={() => setFollowing(false)}>
          This account is private. To see its photos again you would have to ask again.
        </ConfirmLater>
      ) : null}
    </>
  );
}
