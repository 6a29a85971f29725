import type { ReactNode } from "react";

/** One answer of a receipt under its question. */
export function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div>
      <h4 className="mb-1.5 text-sm font-semibold">{title}</h4>
      <div className="text-ui">{children}</div>
    </div>
  );
}
