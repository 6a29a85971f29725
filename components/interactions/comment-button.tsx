"use client";
import { usePathname, useRouter } from "next/navigation";
import { IconButton } from "@/components/ui/icon-button";
import { CommentIcon } from "@/components/ui/icons";
import { commentFieldId } from "./comment-field-id";

/** Goes to the comment field: here, when the post's page or overlay is open, else by opening it. */
export function CommentButton({ shortcode }: { shortcode: string }) {
  const router = useRouter();
  const path = usePathname();
  const open = () => {
    const field = document.getElementById(commentFieldId(shortcode));
    if (field) field.focus();
    else if (path !== `/p/${shortcode}`) router.push(`/p/${shortcode}#comment`, { scroll: false });
  };
  return <IconButton label="Comment" onClick={open}><CommentIcon /></IconButton>;
}
