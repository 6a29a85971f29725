"use client";
import { type ReactNode, useState, useSyncExternalStore, useTransition } from "react";
import { Button, type ButtonProps } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { FormError } from "@/components/ui/form-error";
import { KeyIcon } from "@/components/ui/icons";

const never = () => () => {};
/** Browsers have passkeys on https and on this machine; until that is known the place is kept. */
const useCanShow = () => useSyncExternalStore(never, () => "PublicKeyCredential" in window, () => null);

/** Starts a ceremony with a passkey; `run` returns what to say when it came to nothing. */
export function PasskeyButton({ run, children, ...look }: { run: () => Promise<string | null>; children: ReactNode } & Pick<ButtonProps, "variant" | "size" | "full">) {
  const canShow = useCanShow();
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, start] = useTransition();
  if (canShow === false) return null;
  const press = () => start(async () => {
    setProblem(null);
    setProblem(await run());
  });
  return (
    <div className={cn("flex flex-col gap-4", look.full ? "" : "items-start", canShow === null && "invisible")}>
      <Button {...look} loading={busy} icon={<KeyIcon className="size-5" />} onClick={press}>{children}</Button>
      <div className="[&:not(:has(p))]:-mt-4"><FormError message={problem} /></div>
    </div>
  );
}
