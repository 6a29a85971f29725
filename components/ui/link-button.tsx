// <LinkButton href="/create" variant="primary">New post</LinkButton>   A link that looks like a button.
import Link from "next/link";
import type { ComponentProps, ReactNode } from "react";
import { buttonClass, type ButtonSize, type ButtonVariant } from "./button";
import { cn } from "./cn";

type Props = ComponentProps<typeof Link> & { variant?: ButtonVariant; size?: ButtonSize; full?: boolean; icon?: ReactNode };

export function LinkButton({ variant, size, full, icon, className, children, ...rest }: Props) {
  return (
    <Link {...rest} className={cn(buttonClass({ variant, size, full }), className)}>
      {icon}
      {children}
    </Link>
  );
}
