import { Avatar } from "@/components/ui/avatar";
import { cn } from "@/components/ui/cn";
import type { Suggestion, useSuggestions } from "./use-suggestions";

type Props = { id: string; list: ReturnType<typeof useSuggestions>; /** Above the field, where it stands at the foot of the screen. */ above?: boolean };

/** What the text area says of its suggestions. A text area may not be a combobox, so how many there are is said in a status line. */
export const suggestionProps = (id: string, { isOpen, active }: Props["list"]) => ({
  "aria-autocomplete": "list" as const,
  "aria-controls": isOpen ? `${id}-list` : undefined,
  "aria-activedescendant": isOpen ? `${id}-${active}` : undefined,
});

/** The tags and people that are offered while one types, in a box that is `relative`. */
export function SuggestionList({ id, list, above = false }: Props) {
  return (
    <>
      {list.isOpen ? (
        <ul id={`${id}-list`} role="listbox" aria-label="Suggestions" className={cn("absolute inset-x-0 z-20 max-h-72 overflow-y-auto rounded-md border bg-surface p-1 shadow-pop", above ? "bottom-full mb-1" : "top-full mt-1")}>
          {list.items.map((item, index) => (
            <SuggestionRow key={item.insert} id={`${id}-${index}`} item={item} isActive={index === list.active} onChoose={() => list.choose(item)} />
          ))}
        </ul>
      ) : null}
      <p role="status" className="sr-only">{list.isOpen ? `${list.items.length} suggestions. Arrow keys choose, Enter takes.` : ""}</p>
    </>
  );
}

function SuggestionRow({ id, item, isActive, onChoose }: { id: string; item: Suggestion; isActive: boolean; onChoose: () => void }) {
  return (
    <li
      id={id}
      role="option"
      aria-selected={isActive}
      // Before the text area loses the focus.
      onPointerDown={(event) => (event.preventDefault(), onChoose())}
      className={cn("flex min-h-11 cursor-pointer items-center gap-3 rounded-sm px-3 py-1.5", isActive && "bg-sunken")}
    >
      {item.person ? <Avatar src={item.person.avatar_url} name={item.person.full_name || item.person.username} size="sm" /> : null}
      <span className="min-w-0">
        <span className="block truncate text-ui font-semibold">{item.title}</span>
        {item.detail ? <span className="block truncate text-sm text-muted">{item.detail}</span> : null}
      </span>
    </li>
  );
}
