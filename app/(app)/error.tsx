"use client";
import { useRouter } from "next/navigation";
import { startTransition } from "react";
import { ErrorMessage } from "@/components/shell/error-message";

/** Inside the shell, so that the navigation stays. Trying again asks the server anew. */
export default function PageError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  const router = useRouter();
  const retry = () =>
    startTransition(() => {
      router.refresh();
      reset();
    });
  return <ErrorMessage digest={error.digest} retry={retry} />;
}
