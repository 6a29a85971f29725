import Link from "next/link";
import type { ReactNode } from "react";
import { SunField } from "@/components/brand/sun-field";
import { Wordmark } from "@/components/brand/mark";

/** The frame of log-in and sign-up: the form on paper, the sun beside it where there is room. */
export default function AuthLayout({ children }: { children: ReactNode }) {
  return (
    <div className="grid min-h-dvh lg:grid-cols-[minmax(28rem,5fr)_7fr]">
      <div className="flex flex-col pad-safe-x pad-safe-t pad-safe-b sm:px-10">
        <header className="flex h-20 items-center">
          <Link href="/" aria-label="Heliograph" className="flex min-h-11 items-center rounded-md">
            <Wordmark />
          </Link>
        </header>
        <main className="mx-auto flex w-full max-w-sm flex-1 flex-col justify-center pt-4 pb-20">{children}</main>
      </div>
      <div aria-hidden="true" className="relative hidden overflow-hidden lg:block">
        <SunField />
      </div>
    </div>
  );
}
