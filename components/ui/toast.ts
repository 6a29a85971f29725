// toast("Link copied"), toast.success("Saved"), toast.error("Could not save. Check your connection."),
// toast("Post deleted", { action: { label: "Undo", onClick: restore } }).   From client code only.
// The host (in the root layout) loads sonner with the first message; until then this costs a few bytes.

export type ToastOptions = { description?: string; action?: { label: string; onClick: () => void }; duration?: number };
export type ToastMessage = { kind: "plain" | "success" | "error"; text: string; options?: ToastOptions };

const waiting: ToastMessage[] = [];
let deliver: ((message: ToastMessage) => void) | null = null;

/** Called by the host: takes what was said before it woke up, and everything after. */
export function receiveToasts(next: ((message: ToastMessage) => void) | null): void {
  deliver = next;
  if (next) for (const message of waiting.splice(0)) next(message);
}

function say(kind: ToastMessage["kind"]) {
  return (text: string, options?: ToastOptions): void => {
    const message = { kind, text, options };
    if (deliver) deliver(message);
    else waiting.push(message);
  };
}

export const toast = Object.assign(say("plain"), { success: say("success"), error: say("error") });
