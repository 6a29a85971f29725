// <Button variant="primary|secondary|ghost|danger" size="sm|md|lg" loading full>Post</Button>   type defaults to "button".
// Usable in server and client files. In a form with a server action take <SubmitButton> (submit-button.tsx), which shows
// its own pending state. For links: <LinkButton href>. For icons alone: <IconButton label>.
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";
import { Spinner } from "./spinner";

export type ButtonVariant = "primary" | "secondary" | "ghost" | "danger";
export type ButtonSize = "sm" | "md" | "lg";
type Look = { variant?: ButtonVariant; size?: ButtonSize; full?: boolean };

const variants: Record<ButtonVariant, string> = {
  primary: "bg-accent text-on-accent hover:bg-accent-strong",
  secondary: "bg-surface text-ink inset-ring inset-ring-strong/60 hover:bg-sunken",
  ghost: "text-ink hover:bg-sunken",
  danger: "bg-danger-fill text-on-danger hover:bg-danger-fill-strong",
};

// `sm` looks 36 px tall but is 44 px to the finger: its transparent border is part of the target, not of the picture.
const sizes: Record<ButtonSize, string> = {
  sm: "min-h-11 border-y-4 border-transparent bg-clip-padding px-4 text-sm rounded-[1rem]",
  md: "min-h-11 px-5 text-ui rounded-md",
  lg: "min-h-13 px-6 text-base rounded-md",
};

/** The looks of a button, for things that are none (a link, a file input's label). */
export function buttonClass({ variant = "secondary", size = "md", full }: Look = {}): string {
  return cn(
    "inline-flex shrink-0 items-center justify-center gap-2 font-semibold whitespace-nowrap select-none",
    "transition-colors duration-150 active:opacity-85",
    "disabled:opacity-55 disabled:pointer-events-none aria-disabled:pointer-events-none aria-disabled:not-aria-busy:opacity-55",
    variants[variant],
    sizes[size],
    full && "w-full",
  );
}

export type ButtonProps = ComponentProps<"button"> & Look & { loading?: boolean; icon?: ReactNode };

/** While `loading` it keeps its width, its name and the focus, and does nothing. */
export function Button({ variant, size, full, loading, icon, className, children, onClick, type = "button", ...rest }: ButtonProps) {
  return (
    <button
      {...rest}
      type={loading ? "button" : type}
      aria-busy={loading || undefined}
      aria-disabled={loading || undefined}
      onClick={loading ? undefined : onClick}
      className={cn(buttonClass({ variant, size, full }), className)}
    >
      {/* Positioned here and not on the button, so that a caller may place the button itself. */}
      <span className="relative inline-flex items-center justify-center">
        <span className={cn("inline-flex items-center gap-2", loading && "opacity-0")}>
          {icon}
          {children}
        </span>
        {loading ? <Spinner className="absolute inset-0 items-center justify-center" /> : null}
      </span>
    </button>
  );
}
