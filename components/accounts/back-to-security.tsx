import Link from "next/link";
import { ArrowLeftIcon } from "@/components/ui/icons";

export function BackToSecurity() {
  return (
    <Link href="/settings/security" className="-mb-6 flex min-h-11 items-center gap-2 self-start rounded-md text-ui font-semibold text-muted hover:text-ink">
      <ArrowLeftIcon className="size-5" />
      Security
    </Link>
  );
}
