import Link from "next/link";
import { AuthHeading } from "@/components/accounts/auth-heading";
import { StopDigest } from "@/components/notifications/stop-digest";
import { ownerOfToken } from "@/lib/notifications/delivery/unsubscribe";
import { type LinkProps, linkMetadata, linkToken } from "../link-token";

export const metadata = linkMetadata("Stop these mails");

export default async function UnsubscribePage(props: LinkProps) {
  const token = await linkToken(props);
  if (ownerOfToken(token) === null) {
    return (
      <AuthHeading title="This link is not whole">
        Copy all of it from the mail, or log in and turn the mails off in <Link href="/settings/notifications" className="text-link">your settings</Link>.
      </AuthHeading>
    );
  }
  return (
    <>
      <AuthHeading title="Stop these mails?">You will get no more mails about what is new. Mails about your account itself, such as a new password, still come.</AuthHeading>
      <StopDigest token={token} />
    </>
  );
}
