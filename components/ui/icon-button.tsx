// <IconButton label="Like" pressed={liked} onClick={…}><HeartIcon /></IconButton>   44 × 44, always named.
// tone: "plain" (default), "accent" (ember), "photo" (white on a scrim, over pictures). With href it is a link: <IconLink>.
import Link from "next/link";
import type { ComponentProps } from "react";
import { cn } from "./cn";

export type IconTone = "plain" | "muted" | "accent" | "photo";

const tones: Record<IconTone, string> = {
  plain: "text-ink hover:bg-sunken",
  muted: "text-muted hover:bg-sunken hover:text-ink",
  accent: "text-accent hover:bg-accent-soft",
  // 32 px to the eye, 44 to the finger: the transparent border belongs to the target.
  photo: "border-6 border-transparent bg-scrim bg-clip-padding text-white hover:bg-black/80 ring-on-photo [&>svg]:size-5!",
};

/** The looks of an icon button, for links and Radix triggers. */
export function iconButtonClass(tone: IconTone = "plain"): string {
  return cn(
    "inline-flex size-11 shrink-0 items-center justify-center rounded-full transition-colors duration-150",
    "active:opacity-80 disabled:pointer-events-none disabled:opacity-45 [&>svg]:size-6",
    tones[tone],
  );
}

type Named = { /** What it does, in words: its accessible name and tooltip. */ label: string; tone?: IconTone };
type ButtonProps = Omit<ComponentProps<"button">, "aria-label" | "title"> & Named & { pressed?: boolean };

/** `pressed` is for switches whose name stays the same; buttons that change their name (Like, Unlike) leave it out. */
export function IconButton({ label, tone, pressed, className, type = "button", ...rest }: ButtonProps) {
  return (
    <button {...rest} type={type} aria-label={label} title={label} aria-pressed={pressed} className={cn(iconButtonClass(tone), className)} />
  );
}

type LinkProps = Omit<ComponentProps<typeof Link>, "aria-label" | "title"> & Named;

export function IconLink({ label, tone, className, ...rest }: LinkProps) {
  return <Link {...rest} aria-label={label} title={label} className={cn(iconButtonClass(tone), className)} />;
}
