import type { ReactNode } from "react";
import type { ExportView } from "@/lib/exports/types";
import { buttonClass } from "@/components/ui/button";
import { RelativeTime } from "@/components/ui/relative-time";

const UNITS = ["bytes", "kB", "MB", "GB", "TB"];

function inWords(bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes) / 3));
  return `${(bytes / 1000 ** power).toLocaleString("en", { maximumFractionDigits: 1 })} ${UNITS[power]}`;
}

const day = (time: string) => new Date(time).toLocaleDateString("en-GB", { day: "numeric", month: "long", timeZone: "UTC" });

/** A packed copy that can be had; `proof` asks first who is there. */
export function ReadyData({ copy: { id, bytes, ready_at, expires_at }, proof }: { copy: ExportView; proof: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center gap-x-5 gap-y-3 rounded-md border px-4 py-4">
      <div className="min-w-0 flex-1 basis-56">
        <p className="text-ui font-medium">Your data is ready</p>
        <p className="text-sm text-muted">{inWords(bytes ?? 0)}, packed <RelativeTime value={ready_at!} length="long" />, here until {day(expires_at!)}</p>
      </div>
      {/* No page of the app: a plain link, which nothing fetches ahead. */}
      {proof ? <div className="w-full pt-1">{proof}</div> : <a href={`/api/me/exports/${id}/download`} className={buttonClass({})}>Download</a>}
    </div>
  );
}
