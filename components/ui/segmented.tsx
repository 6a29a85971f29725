// One of a few. As links (each choice has its own address; server component):
//   <SegmentedLinks label="Search for" items={[{ href: "/search?type=users", text: "People", current: true }, …]} />
// As a form field of native radios (works without JavaScript; `onChange` for client code):
//   <SegmentedControl label="Shape" name="crop" options={[{ value: "1:1", text: "Square" }, …]} value={crop} onChange={setCrop} />
import Link from "next/link";
import type { ReactNode } from "react";
import { cn } from "./cn";

export const trackClass = "inline-flex max-w-full min-w-0 gap-1 overflow-x-auto rounded-full bg-sunken p-1";
export const choiceClass = "flex min-h-11 items-center justify-center gap-2 rounded-full text-sm font-semibold whitespace-nowrap text-muted transition-colors hover:text-ink [&>svg]:size-5";
export const chosenClass = "bg-raised text-ink! shadow-[0_1px_3px_var(--pop)]";

type LinkItem = { href: string; text: string; current: boolean };

export function SegmentedLinks({ label, items, className }: { label: string; items: LinkItem[]; className?: string }) {
  return (
    <nav aria-label={label} className={cn(trackClass, className)}>
      {items.map(({ href, text, current }) => (
        <Link key={href} href={href} aria-current={current ? "page" : undefined} className={cn(choiceClass, "px-4", current && chosenClass)}>
          {text}
        </Link>
      ))}
    </nav>
  );
}

type Option<V extends string> = { value: V; text: string; icon?: ReactNode };
type ControlProps<V extends string> = {
  label: string;
  name: string;
  options: Option<V>[];
  value?: V;
  defaultValue?: V;
  onChange?: (value: V) => void;
  /** For narrow panels: the choices share the width. */
  isTight?: boolean;
  className?: string;
};

export function SegmentedControl<V extends string>({ label, name, options, value, defaultValue, onChange, isTight = false, className }: ControlProps<V>) {
  return (
    <fieldset className={cn(trackClass, className)}>
      <legend className="sr-only">{label}</legend>
      {options.map((option) => (
        <label key={option.value} className={cn(choiceClass, isTight ? "grow px-2.5" : "px-4", "relative has-checked:bg-raised has-checked:text-ink has-checked:shadow-[0_1px_3px_var(--pop)] has-focus-visible:outline-2 has-focus-visible:outline-accent")}>
          <input
            type="radio"
            name={name}
            value={option.value}
            className="sr-only"
            {...(value === undefined ? { defaultChecked: option.value === defaultValue } : { checked: option.value === value })}
            onChange={onChange ? () => onChange(option.value) : undefined}
          />
          {option.icon}
          {option.text}
        </label>
      ))}
    </fieldset>
  );
}
