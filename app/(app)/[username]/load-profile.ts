import "server-only";
import { redirect } from "next/navigation";
import { getViewer } from "@/lib/platform/viewer/viewer";
import { getProfile } from "@/lib/profiles/queries";
import { orNotFound } from "../or-not-found";

/**
 * The person of an address, or the page for what is not there. Old names and other spellings lead on to the name of
 * today, but only those who may see the person. `open`: the viewer may see their posts and lists.
 */
export async function loadProfile(name: string, rest = "") {
  const viewer = await getViewer();
  const username = decode(name);
  const user = await orNotFound(getProfile(viewer, `@${username}`));
  // For now only: a browser would keep a permanent one for ever, and the name may come back.
  if (user.username !== username) redirect(`/${user.username}${rest}`);
  const open = !user.is_private || user.viewer?.is_self === true || user.viewer?.following === true;
  return { viewer, user, open };
}

/** A stray "%" in the address is no reason to fail. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
