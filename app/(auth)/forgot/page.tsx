import type { Metadata } from "next";
import Link from "next/link";
import { AuthHeading } from "@/components/accounts/auth-heading";
import { ForgotForm } from "@/components/accounts/forgot-form";

export const metadata: Metadata = { title: "Forgot your password" };

export default function ForgotPage() {
  return (
    <>
      <AuthHeading title="Forgot your password?">We send a link to the address of your account. With it you choose a new one.</AuthHeading>
      <ForgotForm />
      <p className="mt-8 text-ui text-muted">
        It came back to you? <Link href="/login" className="text-link font-semibold">Log in</Link>
      </p>
    </>
  );
}
