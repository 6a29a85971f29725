import { LinkButton } from "@/components/ui/link-button";

/** How something stands, and the way to its own page. */
export function SecurityLink({ href, state, action, name }: { href: string; state: string; action: string; /** What the action is done to, for whoever does not see the heading. */ name: string }) {
  return (
    <div className="flex min-h-12 items-center justify-between gap-4 rounded-md border py-1 pr-2 pl-4">
      <span className="text-ui font-medium">{state}</span>
      <LinkButton href={href} size="sm" variant="secondary" >{action}<span className="sr-only"> {name}</span></LinkButton>
    </div>
  );
}
