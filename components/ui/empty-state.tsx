// <EmptyState icon={<CameraIcon />} title="No posts yet" action={<LinkButton href="/create" variant="primary">Share a photo</LinkButton>}>
//   When you share photos, they appear here.
// </EmptyState>     `as` sets the heading's level ("h1" when the page has no other).
import type { ReactNode } from "react";
import { cn } from "./cn";

type Props = { icon?: ReactNode; title: string; children?: ReactNode; action?: ReactNode; as?: "h1" | "h2" | "h3"; className?: string };

export function EmptyState({ icon, title, children, action, as: Heading = "h2", className }: Props) {
  return (
    <div className={cn("mx-auto flex max-w-sm flex-col items-center px-6 py-16 text-center", className)}>
      {icon ? <RayedIcon>{icon}</RayedIcon> : null}
      <Heading className="text-xl">{title}</Heading>
      {children ? <div className="mt-2 text-ui text-muted">{children}</div> : null}
      {action ? <div className="mt-6 flex flex-wrap justify-center gap-3">{action}</div> : null}
    </div>
  );
}

/** An icon on a low sun: a disc with a horizon of short rays. */
function RayedIcon({ children }: { children: ReactNode }) {
  return (
    <span aria-hidden="true" className="relative mb-5 flex size-28 items-center justify-center text-accent [&>svg:last-child]:size-8">
      <svg viewBox="0 0 112 112" className="absolute inset-0 size-full" fill="none">
        <circle cx="56" cy="56" r="34" fill="var(--accent-soft)" />
        <g stroke="var(--accent)" strokeWidth="2" strokeLinecap="round" opacity="0.55">
          <path d="M56 6v8M31 12.700l4 6.930M12.700 31l6.930 4M81 12.700l-4 6.930M99.300 31l-6.930 4M6 56h8M98 56h8" />
        </g>
      </svg>
      <span className="contents [&>svg]:relative [&>svg]:size-8">{children}</span>
    </span>
  );
}
