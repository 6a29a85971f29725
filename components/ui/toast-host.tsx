"use client";
// Stands once in the root layout. See toast.ts for how to say something.
import dynamic from "next/dynamic";
import { useEffect, useState } from "react";
import { receiveToasts, type ToastMessage } from "./toast";

const Toaster = dynamic(() => import("./toaster").then((m) => m.Toaster), { ssr: false });

export function ToastHost() {
  const [first, setFirst] = useState<ToastMessage[]>([]);
  useEffect(() => {
    receiveToasts((message) => setFirst((list) => [...list, message]));
    return () => receiveToasts(null);
  }, []);
  return first.length > 0 ? <Toaster first={first} /> : null;
}
