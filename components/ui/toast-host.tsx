"use client";
// Stands once in the root layout. See toast.ts for how to say something.
import { type ComponentType, useEffect, useState } from "react";
import { receiveToasts, type ToastMessage } from "./toast";

type Toaster = ComponentType<{ first: ToastMessage[] }>;

export function ToastHost() {
  const [first, setFirst] = useState<ToastMessage[]>([]);
  const [Toaster, setToaster] = useState<Toaster | null>(null);
  useEffect(() => {
    receiveToasts((message) => {
      setFirst((list) => [...list, message]);
      // Not through next/dynamic: offline, when there is most to say, it would throw and take the page with it.
      import("./toaster").then((m) => setToaster(() => m.Toaster), () => {});
    });
    return () => receiveToasts(null);
  }, []);
  if (Toaster) return <Toaster first={first} />;
  return first.length > 0 ? <PlainToast message={first.at(-1)!} /> : null;
}

/** The words alone, until sonner is here, or when it cannot be fetched. */
function PlainToast({ message }: { message: ToastMessage }) {
  return (
    <div role="status" className="fixed inset-x-4 bottom-20 z-60 mx-auto w-fit max-w-sm rounded-md border bg-surface px-4 py-3 text-ui shadow-pop md:bottom-6">
      <p className="font-medium">{message.text}</p>
      {message.options?.description ? <p className="text-sm text-muted">{message.options.description}</p> : null}
    </div>
  );
}
