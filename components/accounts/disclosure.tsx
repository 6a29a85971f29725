import type { ReactNode } from "react";
import { ChevronDownIcon } from "@/components/ui/icons";

/** Something that few need, behind its name. Native, so it opens without JavaScript. */
export function Disclosure({ title, open, children }: { title: string; open?: boolean; children: ReactNode }) {
  return (
    <details open={open} className="group rounded-md border px-4">
      <summary className="flex min-h-12 list-none items-center justify-between gap-4 text-ui font-semibold [&::-webkit-details-marker]:hidden">
        {title}
        <ChevronDownIcon className="size-5 text-muted transition-transform group-open:rotate-180" />
      </summary>
      {children}
    </details>
  );
}
