// The frame of a page inside the shell: <Page title="Notifications" action={<Button>…</Button>}>…</Page>
// width: "column" (one post wide, the feed) or "page" (grids, profiles). `hideTitle` keeps the h1 for assistive technology only.
import type { ReactNode } from "react";
import { cn } from "./cn";

type Props = { title: string; hideTitle?: boolean; action?: ReactNode; width?: "column" | "page"; children: ReactNode; className?: string };

export function Page({ title, hideTitle, action, width = "column", children, className }: Props) {
  return (
    <div className={cn("mx-auto w-full pt-4 pb-16 md:px-6 md:pt-10", width === "column" ? "max-w-column" : "max-w-page", className)}>
      {hideTitle ? (
        <h1 className="sr-only">{title}</h1>
      ) : (
        <header className="mb-5 flex min-h-11 items-center justify-between gap-4 px-4 md:px-0">
          <h1 className="text-2xl">{title}</h1>
          {action}
        </header>
      )}
      {children}
    </div>
  );
}
