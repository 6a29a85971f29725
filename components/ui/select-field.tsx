// <SelectField label="Who may comment" name="comments_from" options={[{ value: "everyone", text: "Everyone" }, …]} defaultValue="everyone" />
// A native select: the system's own picker on phones; works without JavaScript.
import { type ComponentProps, useId } from "react";
import { cn } from "./cn";
import { controlClass, describe, Field, type FieldProps } from "./field";
import { ChevronDownIcon } from "./icons";

type Props = ComponentProps<"select"> & FieldProps & { options: readonly { value: string; text: string }[] };

export function SelectField({ label, hideLabel, hint, error, options, className, id, ...rest }: Props) {
  const made = useId();
  const control = id ?? made;
  return (
    <Field id={control} {...{ label, hideLabel, hint, error, className }}>
      <span className="relative block">
        <select {...rest} id={control} {...describe(control, { hint, error })} className={cn(controlClass, "appearance-none pr-10")}>
          {options.map(({ value, text }) => <option key={value} value={value}>{text}</option>)}
        </select>
        <ChevronDownIcon className="pointer-events-none absolute top-1/2 right-3 size-5 -translate-y-1/2 text-muted" />
      </span>
    </Field>
  );
}
