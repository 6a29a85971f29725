import { DayPicker, type Matcher, type Modifiers } from "react-day-picker";
import { cn } from "@/components/ui/cn";
import { ChevronLeftIcon, ChevronRightIcon } from "@/components/ui/icons";
import { iconButtonClass } from "@/components/ui/icon-button";
import type { Day } from "./zoned-time";

type Props = { selected: Day | null; onSelect: (day: Day | null) => void; /** Days before and after it are not to be had. */ from?: Date; to?: Date; /** Days on which something is. */ marked?: Date[]; required?: boolean };

const toDate = ({ year, month, date }: Day) => new Date(year, month, date);

function Chevron({ orientation }: { orientation?: string }) {
  const Icon = orientation === "left" ? ChevronLeftIcon : ChevronRightIcon;
  return <Icon className="rtl:-scale-x-100" />;
}

/** With the number as it is seen ("3", not "3rd"), so that speech control finds it. */
function labelOf(date: Date, { today, marked, selected }: Modifiers): string {
  const day = date.toLocaleDateString("en-GB", { weekday: "long", day: "numeric", month: "long", year: "numeric" });
  return [day, ...(today ? ["today"] : []), ...(marked ? ["something is scheduled"] : []), ...(selected ? ["selected"] : [])].join(", ");
}

/** A month of days, for mouse, finger and arrow keys. Load it only when wanted: it weighs about 25 kB. */
export function Calendar({ selected, onSelect, from, to, marked = [], required }: Props) {
  const disabled: Matcher[] = [...(from ? [{ before: from }] : []), ...(to ? [{ after: to }] : [])];
  return (
    <DayPicker
      mode="single"
      required={false}
      weekStartsOn={1}
      selected={selected ? toDate(selected) : undefined}
      defaultMonth={selected ? toDate(selected) : undefined}
      startMonth={from}
      endMonth={to}
      disabled={disabled}
      modifiers={{ marked }}
      modifiersClassNames={{ marked: "[&>button]:after:absolute [&>button]:after:bottom-1 [&>button]:after:size-1.5 [&>button]:after:rounded-full [&>button]:after:bg-current" }}
      onSelect={(date) => {
        if (date) onSelect({ year: date.getFullYear(), month: date.getMonth(), date: date.getDate() });
        else if (!required) onSelect(null);
      }}
      components={{ Chevron }}
      labels={{ labelDayButton: labelOf }}
      classNames={{
        root: "w-full",
        months: "relative",
        month_caption: "flex h-11 items-center justify-center",
        caption_label: "text-ui font-semibold",
        nav: "absolute inset-x-0 top-0 flex justify-between",
        button_previous: cn(iconButtonClass("muted"), "aria-disabled:opacity-40"),
        button_next: cn(iconButtonClass("muted"), "aria-disabled:opacity-40"),
        month_grid: "w-full table-fixed border-collapse",
        weekday: "h-9 text-xs font-semibold text-muted",
        day: "p-0.5 text-center",
        day_button: "relative inline-flex size-11 max-w-full items-center justify-center rounded-full text-ui tabular hover:bg-sunken disabled:text-muted disabled:opacity-45",
        today: "font-bold text-accent",
        selected: "[&>button]:bg-accent [&>button]:text-on-accent [&>button]:hover:bg-accent-strong",
        outside: "invisible",
      }}
    />
  );
}
