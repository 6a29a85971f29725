"use client";
import { ErrorMessage } from "@/components/shell/error-message";
import { fontClass } from "./fonts";
import "./globals.css";

/** When even the root layout failed: it stands alone, in the device's own theme. */
export default function GlobalError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <html lang="en" className={fontClass}>
      <body>
        <title>Something went wrong · Heliograph</title>
        <main>
          <ErrorMessage digest={error.digest} retry={reset} />
        </main>
      </body>
    </html>
  );
}
