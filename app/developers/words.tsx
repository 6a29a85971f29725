/** Text with `code` in it. */
export function Words({ text }: { text: string }) {
  return text.split("`").map((part, i) => (i % 2 === 0 ? part : <code key={i} className="rounded-sm bg-sunken px-1 text-sm">{part}</code>));
}
