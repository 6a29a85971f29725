"use client";
// <RelativeTime value={post.created_at} />  "3 h", "12 Nov", "12 Nov 2024";  length="long": "3 hours ago".
// The server's text stays until the leaf is awake, so nothing mismatches; it then keeps itself fresh, once a minute.
import { useEffect, useState } from "react";
import { formatFull, formatRelative, type RelativeStyle } from "./relative-time-format";

type Props = { /** ISO 8601. */ value: string; length?: RelativeStyle; className?: string };

export function RelativeTime({ value, length = "short", className }: Props) {
  const [text, setText] = useState(() => formatRelative(value, Date.now(), length));
  useEffect(() => {
    const refresh = () => setText(formatRelative(value, Date.now(), length));
    refresh();
    const timer = setInterval(refresh, 60_000);
    return () => clearInterval(timer);
  }, [value, length]);
  return (
    <time dateTime={value} title={formatFull(value)} className={className} suppressHydrationWarning>
      {text}
    </time>
  );
}
