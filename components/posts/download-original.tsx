"use client";
import { useState } from "react";
import { request } from "@/components/interactions/request";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";

/** Gives an author the file back as it was brought. The address is asked for when it is wanted, because it soon ends. */
export function DownloadOriginal({ mediaId }: { mediaId: string }) {
  const [isAsking, setAsking] = useState(false);
  async function download() {
    setAsking(true);
    const answer = await request<{ url: string }>("GET", `/api/media/${mediaId}/original`);
    setAsking(false);
    // An attachment: the page stays where it is.
    if (answer.ok) window.location.assign(answer.data.url);
    else toast.error(answer.message);
  }
  return <Button size="sm" loading={isAsking} onClick={() => void download()}>Download the original</Button>;
}
