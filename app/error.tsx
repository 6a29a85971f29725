"use client";
import { ErrorMessage } from "@/components/shell/error-message";

export default function PageError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <main>
      <ErrorMessage digest={error.digest} retry={reset} />
    </main>
  );
}
