"use client";
import { usePathname } from "next/navigation";
import { LinkButton } from "@/components/ui/link-button";

/** Log in and sign up, on every page but the landing page, which offers both itself. Log-in leads back to this page. */
export function VisitorActions() {
  const path = usePathname();
  if (path === "/") return null;
  return (
    <nav aria-label="Account" className="flex gap-2">
      <LinkButton href={`/login?next=${encodeURIComponent(path)}`} variant="ghost" size="sm" prefetch={false}>Log in</LinkButton>
      <LinkButton href="/signup" variant="primary" size="sm" prefetch={false}>Sign up</LinkButton>
    </nav>
  );
}
