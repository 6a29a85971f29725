// <Avatar src={user.avatar_url} name={user.full_name || user.username} size="md" />   xs 24  sm 32  md 44  lg 64  xl 96  2xl 144
// Decoration by default, since the name stands beside it; give `alt` where it stands alone. The initials lie beneath the
// picture, so that a slow or broken one leaves no hole.
import { cn } from "./cn";

const sizes = { xs: 24, sm: 32, md: 44, lg: 64, xl: 96, "2xl": 144 } as const;
export type AvatarSize = keyof typeof sizes;

const looks: Record<AvatarSize, string> = {
  xs: "size-6 text-[0.625rem]",
  sm: "size-8 text-xs",
  md: "size-11 text-sm",
  lg: "size-16 text-lg",
  xl: "size-24 text-2xl",
  "2xl": "size-24 text-2xl md:size-36 md:text-3xl",
};

/** One or two letters for a name: "Ada Lovelace" → "AL", "ada" → "A". Whole characters, never half of one. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => (word ? ([...word][0] ?? "") : ""));
  return letters.join("").toLocaleUpperCase("en") || "?";
}

type Props = { src?: string | null; name: string; size?: AvatarSize; alt?: string; className?: string; eager?: boolean };

export function Avatar({ src, name, size = "md", alt = "", className, eager }: Props) {
  const px = sizes[size];
  return (
    <span className={cn("relative inline-flex shrink-0 overflow-hidden rounded-full bg-sunken font-semibold text-muted select-none", looks[size], className)}>
      <span aria-hidden="true" className="absolute inset-0 flex items-center justify-center">{initials(name)}</span>
      {src ? (
        // A plain img: the address is one of our own variants, cacheable for a year. Small circles take the smaller one.
        <img src={px <= 44 ? src.replace(/\/320\.webp$/, "/150.webp") : src} alt={alt} width={px} height={px} loading={eager ? "eager" : "lazy"} decoding="async" className="relative size-full object-cover" />
      ) : alt ? (
        <span className="sr-only">{alt}</span>
      ) : null}
    </span>
  );
}
