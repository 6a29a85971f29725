import { LinkButton } from "@/components/ui/link-button";
import { MessagePage } from "./message-page";

/** The same words whether something never was, is gone, or is not for the visitor: they must not tell which. */
export function NotFoundMessage() {
  return (
    <MessagePage
      title="The sun has set on this page"
      actions={
        <>
          <LinkButton href="/" variant="primary">Go home</LinkButton>
          <LinkButton href="/explore">Explore</LinkButton>
        </>
      }
    >
      The address may be mistyped, the post removed, or it is shared with other people only.
    </MessagePage>
  );
}
