import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { AuthHeading } from "@/components/accounts/auth-heading";
import { SecondStepForm } from "@/components/accounts/second-step-form";
import { readChallenge } from "@/lib/accounts/browser-cookies";
import { localPath } from "@/lib/accounts/local-path";

export const metadata: Metadata = { title: "Second step" };

export default async function SecondStepPage({ searchParams }: { searchParams: Promise<{ next?: string | string[] }> }) {
  const asked = (await searchParams).next;
  if (!(await readChallenge())) redirect("/login");
  return (
    <>
      <AuthHeading title="One more step">So far, so good. Now show that you have your phone, too.</AuthHeading>
      <SecondStepForm next={localPath(typeof asked === "string" ? asked : null)} />
      <p className="mt-8 text-ui text-muted">
        Not you? <Link href="/login" className="text-link font-semibold">Begin again</Link>
      </p>
    </>
  );
}
