import { AuthHeading } from "@/components/accounts/auth-heading";
import { ResetForm } from "@/components/accounts/reset-form";
import { LinkButton } from "@/components/ui/link-button";
import { readReset } from "@/lib/accounts/reset";
import { type LinkProps, linkMetadata, linkToken } from "../link-token";

export const metadata = linkMetadata("New password");

export default async function ResetPage(props: LinkProps) {
  const token = await linkToken(props);
  const known = await readReset(token);
  if (!known) {
    return (
      <>
        <AuthHeading title="This link is over">It was used already, or it is older than an hour. A new one is quickly sent.</AuthHeading>
        <LinkButton href="/forgot" variant="primary" size="lg" full>Send me a new link</LinkButton>
      </>
    );
  }
  return (
    <>
      <AuthHeading title="A new password">For @{known.username}. You are signed out everywhere else.</AuthHeading>
      <ResetForm token={token} username={known.username} />
    </>
  );
}
