import { TextArea } from "@/components/ui/text-area";
import { MAX_ALT } from "@/lib/media/limits";

type Props = { name: "photo" | "video"; label: string; value: string; onChange: (alt: string) => void; className?: string };

export function AltField({ name, label, value, onChange, className }: Props) {
  return (
    <TextArea
      className={className}
      label={label}
      hint={`Describe the ${name} for people who can't see it.`}
      rows={2}
      dir="auto"
      maxLength={MAX_ALT}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
