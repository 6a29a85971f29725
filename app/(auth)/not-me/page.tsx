import Link from "next/link";
import { AuthHeading } from "@/components/accounts/auth-heading";
import { LinkForm } from "@/components/accounts/link-form";
import { canDisown } from "@/lib/accounts/disown";
import { type LinkProps, linkMetadata, linkToken } from "../link-token";

export const metadata = linkMetadata("This wasn’t me");

export default async function NotMePage(props: LinkProps) {
  const token = await linkToken(props);
  if (!(await canDisown(token))) {
    return (
      <AuthHeading title="This link is over">
        It was used already, or it is older than a week. You can still <Link href="/forgot" className="text-link">choose a new password</Link>, which signs everybody out.
      </AuthHeading>
    );
  }
  return (
    <>
      <AuthHeading title="This wasn’t you?">Everybody is signed out, your password stops working, and what was changed since that mail is taken back. Then you choose a new password.</AuthHeading>
      <LinkForm does="disown" token={token} />
    </>
  );
}
