import { AuthHeading } from "@/components/accounts/auth-heading";
import { LinkForm } from "@/components/accounts/link-form";
import { readVerification } from "@/lib/accounts/email";
import { type LinkProps, linkMetadata, linkToken } from "../link-token";

export const metadata = linkMetadata("Confirm your address");

export default async function VerifyPage(props: LinkProps) {
  const token = await linkToken(props);
  const known = await readVerification(token);
  return (
    <>
      <AuthHeading title="Your address">{known ? `Is ${known.email} yours?` : "There is nothing to confirm with this link any more. If your address is not confirmed yet, the settings send you another."}</AuthHeading>
      {/* Stays in its place after it was used, so that what came of it is seen. */}
      <LinkForm does="confirm" token={known ? token : ""} />
    </>
  );
}
