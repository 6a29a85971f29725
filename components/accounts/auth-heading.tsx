import type { ReactNode } from "react";

/** Heading and first sentence of a page in the frame of log-in. */
export function AuthHeading({ title, children }: { title: string; children: ReactNode }) {
  return (
    <>
      <h1 className="text-3xl">{title}</h1>
      <p className="mt-2 mb-8 text-base text-muted [overflow-wrap:anywhere]">{children}</p>
    </>
  );
}
