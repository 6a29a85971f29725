import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { SignupForm } from "@/components/accounts/signup-form";
import { localPath } from "@/lib/accounts/local-path";
import { getViewer } from "@/lib/platform/viewer/viewer";

export const metadata: Metadata = { title: "Sign up" };

export default async function SignupPage({ searchParams }: { searchParams: Promise<{ next?: string | string[] }> }) {
  const asked = (await searchParams).next;
  const next = localPath(typeof asked === "string" ? asked : null);
  if (await getViewer()) redirect(next);
  return (
    <>
      <h1 className="text-3xl">Come in</h1>
      <p className="mt-2 mb-8 text-base text-muted">An account takes half a minute. Your photos stay yours.</p>
      <SignupForm next={next} />
      <p className="mt-8 text-ui text-muted">
        Already here? <Link href={next === "/" ? "/login" : `/login?next=${encodeURIComponent(next)}`} className="text-link font-semibold">Log in</Link>
      </p>
    </>
  );
}
