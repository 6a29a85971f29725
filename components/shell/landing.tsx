// <Landing><LoginForm /></Landing> for signed-out visitors at "/". Without children it offers buttons.
import Link from "next/link";
import type { ReactNode } from "react";
import { SunField } from "@/components/brand/sun-field";
import { LinkButton } from "@/components/ui/link-button";

export function Landing({ children }: { children?: ReactNode }) {
  return (
    <div className="mx-auto grid w-full max-w-[76rem] flex-1 gap-8 pad-safe-x pb-8 md:px-8 grid-rows-[auto_minmax(16rem,1fr)] lg:grid-rows-none lg:grid-cols-[minmax(24rem,5fr)_6fr] lg:gap-16 lg:pb-10">
      <div className="flex flex-col justify-center py-4 lg:py-8">
        <h1 className="text-display font-[700]">
          Send a <span className="text-accent-vivid">little light.</span>
        </h1>
        <p className="mt-5 max-w-md text-lg text-muted">
          A photo community that belongs to the people who run it. Post your pictures, follow your friends, and see everything in the order it happened.
        </p>
        <div className="mt-8 w-full max-w-sm">{children ?? <Ways />}</div>
      </div>
      <div aria-hidden="true" className="relative overflow-hidden rounded-xl lg:min-h-[34rem]">
        <SunField />
      </div>
    </div>
  );
}

function Ways() {
  return (
    <>
      <div className="flex gap-3">
        <LinkButton href="/signup" variant="primary" size="lg" className="flex-1">Sign up</LinkButton>
        <LinkButton href="/login" size="lg" className="flex-1">Log in</LinkButton>
      </div>
      <p className="mt-5 text-sm text-muted">
        Or have a look around first: <Link href="/explore" className="text-link font-semibold">Explore</Link>
      </p>
    </>
  );
}
