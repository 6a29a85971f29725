import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { AuthHeading } from "@/components/accounts/auth-heading";
import { KeepAccountForm } from "@/components/accounts/keep-account-form";
import { readChallenge } from "@/lib/accounts/browser-cookies";
import { localPath } from "@/lib/accounts/local-path";
import { readReturn } from "@/lib/accounts/return";

export const metadata: Metadata = { title: "Keep your account" };

export default async function KeepAccountPage({ searchParams }: { searchParams: Promise<{ next?: string | string[] }> }) {
  const asked = (await searchParams).next;
  const leaving = await readReturn((await readChallenge()) ?? "");
  if (!leaving) redirect("/login");
  return (
    <>
      <AuthHeading title="You were about to leave">
        @{leaving.username}, your account will be deleted on <time dateTime={leaving.goes_at} className="font-semibold text-ink">{leaving.day}</time>. Until then nobody sees it, and you can have everything back as it was.
      </AuthHeading>
      <KeepAccountForm next={localPath(typeof asked === "string" ? asked : null)} />
    </>
  );
}
