"use client";
import { useState } from "react";
import { request } from "@/components/interactions/request";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";

/** Takes a wish back, and says it again if that was a slip: the line stays until the page is left. */
export function TakeBackWish({ path, what, back, again }: { path: string; what: string; back: string; again: string }) {
  const [isOn, setOn] = useState(true);
  const [isBusy, setBusy] = useState(false);
  const label = isOn ? back : again;

  async function press() {
    setBusy(true);
    const outcome = await request(isOn ? "DELETE" : "POST", path);
    setBusy(false);
    if (!outcome.ok) return toast.error("That was not changed", { description: outcome.message });
    setOn(!isOn);
  }

  return <Button size="sm" loading={isBusy} aria-label={`${label}: ${what}`} onClick={press}>{label}</Button>;
}
