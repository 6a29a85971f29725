"use client";
import { toast } from "@/components/ui/toast";
import { countKeyOf, setChange, UNCONFIRMED, useChange } from "./changes";
import { intend, type Setting } from "./intention";
import { request } from "./request";
import type { Subject } from "./subject";

type Words = { on: string; off: string };

/** A setting of the viewer's on the server: POST to `path` puts it on, DELETE off. `failures` open the sentence when it did not work. */
export function useSetting(key: string, path: string, served: Setting, servedAt: number, failures: Words): [Setting, (on: boolean) => void] {
  const { on: isOn, count: known } = useChange(key, served, servedAt);
  // Others move it, too.
  const setting = { on: isOn, count: useChange(countKeyOf(key), known, servedAt) };
  function set(on: boolean) {
    void intend(key, setting, on, {
      send: (target) => request(target ? "POST" : "DELETE", path),
      show: (next, at) => {
        setChange(key, next, at ?? UNCONFIRMED);
        setChange(countKeyOf(key), next.count, at ?? UNCONFIRMED);
      },
      failed: (message) => toast.error(on ? failures.on : failures.off, { description: message }),
    });
  }
  return [setting, set];
}

const LIKE_FAILURES = { on: "Your like was not kept", off: "Your like is still there" };

export function useLike({ id, liked, likes, at }: Subject) {
  return useSetting(`like:${id}`, `/api/posts/${id}/like`, { on: liked, count: likes }, at, LIKE_FAILURES);
}

/** Where somebody signed out is sent to act on a post. */
export function askToLogIn({ shortcode }: Pick<Subject, "shortcode">): void {
  window.location.assign(`/login?next=${encodeURIComponent(`/p/${shortcode}`)}`);
}
