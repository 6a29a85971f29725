"use client";
import { useEffect } from "react";
import { LINE_COOKIE, lineOf } from "@/lib/media/line";

type Connection = EventTarget & { saveData?: boolean; effectiveType?: string };

/** Keeps the server told whether data is to be saved: the next page's pictures are chosen by it. Shows nothing. */
export function TellLine() {
  useEffect(() => {
    const { connection } = navigator as Navigator & { connection?: Connection };
    if (!connection) return;
    const tell = () => {
      const line = lineOf(connection);
      document.cookie = `${LINE_COOKIE}=${line ?? ""}; path=/; samesite=lax${line ? "" : "; max-age=0"}`;
    };
    tell();
    connection.addEventListener("change", tell);
    return () => connection.removeEventListener("change", tell);
  }, []);
  return null;
}
