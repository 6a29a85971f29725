import { TextArea } from "@/components/ui/text-area";
import { MAX_ALT } from "@/lib/media/limits";

type Props = { name: "photo" | "video"; label: string; value: string; onChange: (alt: string) => void };

export function AltField({ name, label, value, onChange }: Props) {
  return (
    <TextArea
      className="px-4 md:px-0"
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
