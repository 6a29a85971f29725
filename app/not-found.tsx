import type { Metadata } from "next";
import { NotFoundMessage } from "@/components/shell/not-found-message";

export const metadata: Metadata = { title: "Not found" };

/** For addresses that match no page; those inside the product have their own, within the shell. */
export default function NotFound() {
  return (
    <main>
      <NotFoundMessage />
    </main>
  );
}
