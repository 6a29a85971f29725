// What one does not want in one's feeds. In effect on this page at once, on every device with the next page; each can be taken back.
import { setChange, UNCONFIRMED } from "@/components/interactions/changes";
import { request } from "@/components/interactions/request";
import { toast } from "@/components/ui/toast";

type Post = { id: string; author: { id: string; username: string } };
type Wish = { path: string; said: string; description: string; /** What leaves the page. */ hides?: string };

export const notInterested = (post: Post) =>
  say({ path: `/api/posts/${post.id}/not-interested`, said: "The post is out of your feed", description: "Settings, Feed lists what you put away.", hides: `gone:post:${post.id}` });

export const fewerLikeThis = (post: Post) =>
  say({ path: `/api/posts/${post.id}/fewer`, said: "You will see fewer posts like this", description: `By ${post.author.username}, and with its tags, in For you.` });

export const snooze = ({ author }: Post) =>
  say({ path: `/api/users/${author.id}/snooze`, said: `No posts by ${author.username} for 30 days`, description: "They are not told.", hides: `gone:author:${author.id}` });

async function say({ path, said, description, hides }: Wish) {
  const show = (isHidden: boolean, at = UNCONFIRMED) => hides && setChange(hides, isHidden, at);
  show(true);
  const outcome = await request("POST", path);
  if (!outcome.ok) {
    show(false);
    return toast.error("That was not changed", { description: outcome.message });
  }
  show(true, outcome.at);
  toast(said, { description, duration: 8_000, action: { label: "Undo", onClick: () => void takeBack(path, () => show(false)) } });
}

async function takeBack(path: string, done: () => void) {
  const outcome = await request("DELETE", path);
  if (!outcome.ok) return toast.error("That was not taken back", { description: outcome.message });
  done();
  toast.success("Taken back");
}
