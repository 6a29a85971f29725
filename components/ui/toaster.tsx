"use client";
// Sonner in our clothes. Loaded by toast-host.tsx when there is something to say.
import { useEffect, useRef } from "react";
import { Toaster as Sonner, toast as show } from "sonner";
import { AlertIcon, CheckIcon } from "./icons";
import { receiveToasts, type ToastMessage } from "./toast";

function display({ kind, text, options }: ToastMessage): void {
  const say = kind === "error" ? show.error : kind === "success" ? show.success : show;
  say(text, options);
}

export function Toaster({ first }: { first: ToastMessage[] }) {
  const shown = useRef(false);
  useEffect(() => {
    if (shown.current) return;
    shown.current = true;
    first.forEach(display);
    receiveToasts(display);
  }, [first]);
  return (
    <Sonner
      style={{ fontFamily: "inherit" }}
      position="bottom-center"
      offset={24}
      mobileOffset={{ bottom: 80, left: 16, right: 16 }}
      icons={{ success: <CheckIcon className="size-5 text-success" />, error: <AlertIcon className="size-5 text-danger" /> }}
      toastOptions={{
        unstyled: true,
        duration: 5000,
        classNames: {
          toast: "flex w-full items-center gap-3 rounded-md border bg-surface px-4 py-3 text-ui text-ink shadow-pop md:w-(--width) font-sans",
          content: "flex-1",
          title: "font-medium",
          description: "text-sm text-muted",
          actionButton: "min-h-11 rounded-sm px-3 font-semibold text-accent hover:bg-accent-soft",
        },
      }}
    />
  );
}
