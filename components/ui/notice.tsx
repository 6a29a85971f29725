// <Notice tone="info|success|danger" title="Waiting for approval" action={…}>…</Notice>   A quiet box inside a page. Add role="status" or
// "alert" only where it appears in answer to something.
import type { ReactNode } from "react";
import { cn } from "./cn";
import { AlertIcon, CheckIcon, InfoIcon } from "./icons";

const looks = {
  info: { box: "bg-sunken text-ink", icon: <InfoIcon /> },
  success: { box: "bg-sunken text-success", icon: <CheckIcon /> },
  danger: { box: "bg-danger-soft text-danger", icon: <AlertIcon /> },
} as const;

type Props = { tone?: keyof typeof looks; title?: string; children?: ReactNode; action?: ReactNode; role?: "status" | "alert"; className?: string };

export function Notice({ tone = "info", title, children, action, role, className }: Props) {
  return (
    <div role={role} className={cn("flex items-start gap-3 rounded-md px-4 py-3 text-ui [&>svg]:mt-0.5 [&>svg]:size-5 [&>svg]:shrink-0", looks[tone].box, className)}>
      {looks[tone].icon}
      <div className="min-w-0 flex-1 wrap-break-word">
        {title ? <p className="font-semibold">{title}</p> : null}
        {children}
      </div>
      {action}
    </div>
  );
}
