import { request } from "@/components/interactions/request";
import { toast } from "@/components/ui/toast";

/** What declining a request to follow answers. */
export type DeclineAnswer = { undo?: string | null };

/** Says that a request was declined, with a way back while there is one. `done`: it waits again. */
export function toastDeclined(user: { id: string; username: string }, { undo }: DeclineAnswer, done: () => void): void {
  toast("Request declined", undo ? { description: `${user.username} is not told.`, duration: 10_000, action: { label: "Undo", onClick: () => void takeBack(user, undo, done) } } : undefined);
}

async function takeBack({ id, username }: { id: string; username: string }, undo: string, done: () => void) {
  const outcome = await request("POST", `/api/follow-requests/${id}/restore`, { body: { undo } });
  if (!outcome.ok) return toast.error("The request is still declined", { description: outcome.message });
  done();
  toast.success(`The request by ${username} waits again`);
}
