import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { LoginForm } from "@/components/accounts/login-form";
import { PasskeySignIn } from "@/components/accounts/passkey-sign-in";
import { localPath } from "@/lib/accounts/local-path";
import { getViewer } from "@/lib/platform/viewer/viewer";

export const metadata: Metadata = { title: "Log in" };

export default async function LoginPage({ searchParams }: { searchParams: Promise<{ next?: string | string[] }> }) {
  const asked = (await searchParams).next;
  const next = localPath(typeof asked === "string" ? asked : null);
  if (await getViewer()) redirect(next);
  return (
    <>
      <h1 className="text-3xl">Welcome back</h1>
      <p className="mt-2 mb-8 text-base text-muted">Log in to see what your friends have seen.</p>
      <LoginForm next={next} />
      <p className="mt-5 text-ui"><Link href="/forgot" className="text-link">Forgot your password?</Link></p>
      <div className="mt-6 border-t pt-6">
        <PasskeySignIn next={next} />
      </div>
      <p className="mt-8 text-ui text-muted">
        New here? <Link href={next === "/" ? "/signup" : `/signup?next=${encodeURIComponent(next)}`} className="text-link font-semibold">Sign up</Link>
      </p>
    </>
  );
}
